// The consultation page and the page of one clause. Everything on them works without this.

import { keepDrafts } from "../lib/drafts.js";
import { startArrivals } from "./reading/arrivals.js";
import { startChoosing } from "./reading/choosing.js";
import { startSelecting } from "./reading/selecting.js";
import { startWriting } from "./reading/writing.js";

startChoosing();
startWriting();
keepDrafts();
startSelecting();
startArrivals();
