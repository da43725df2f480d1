// The consultation page and the page of one clause. Everything on them works without this.

import { keepDrafts } from "../lib/drafts.js";
import { startArrivals } from "./reading/arrivals.js";
import { startChoosing } from "./reading/choosing.js";
import { startSelecting } from "./reading/selecting.js";
import { startWriting } from "./reading/writing.js";

/** The page for writing (compose.js) led here with what is published: that draft is done. */
function settleDraft() {
  try {
    const key = sessionStorage.getItem("rembuk:sent");
    if (!key || !location.hash.startsWith("#m-")) return;
    document.querySelector("main").dataset.draftDone = key;
    sessionStorage.removeItem("rembuk:sent");
  } catch {
    // Forbidden in this browser: then there is no draft.
  }
}

settleDraft();
keepDrafts();
startChoosing();
startWriting();
startSelecting();
startArrivals();
