// The sheet for a register elsewhere: a button beside each field that copies it.

import { announce, delegate } from "../lib/dom.js";

const sheet = document.querySelector("[data-copying]");

/** Where the clipboard is closed to us, the text is selected, ready for the keys that copy. */
function select(element) {
  getSelection().selectAllChildren(element);
  element.focus();
}

if (sheet) {
  for (const button of sheet.querySelectorAll("[data-copy]")) button.hidden = false;
  delegate(sheet, "click", "[data-copy]", async (event, button) => {
    const text = document.getElementById(button.dataset.copy);
    const label = button.closest(".rb-sheet").querySelector("h3").textContent;
    try {
      await navigator.clipboard.writeText(text.textContent);
      sheet.querySelector("[data-done]")?.removeAttribute("data-done");
      button.dataset.done = "";
      announce(sheet.dataset.copied.replace("{label}", label));
    } catch {
      select(text);
      announce(sheet.dataset.notCopied);
    }
  });
}
