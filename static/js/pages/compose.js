// The page for writing: keeps what is typed on this device until it has been published.

import { keepDrafts } from "../lib/drafts.js";

const SENT = "rembuk:sent";

try {
  // Here again: whatever was sent has not been published, so its draft stays.
  sessionStorage.removeItem(SENT);
  document.querySelector("[data-comment-form]")?.addEventListener("submit", (event) => {
    sessionStorage.setItem(SENT, event.target.dataset.draftKey);
  });
} catch {
  // Forbidden in this browser: then there are no drafts either.
}
keepDrafts();
