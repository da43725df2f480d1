// The import: how far a batch is without reloading it, and keys for going through documents.
// Everything here does what a plain link or button on the page does too.

import { announce, delegate } from "../lib/dom.js";

const EVERY_MS = 2000;
const KEYS_OFF = "rembuk:desk-keys-off";

// --- how far it is ------------------------------------------------------------------------------

const progress = () => document.getElementById("progress");
const isUnderWay = () => progress()?.hasAttribute("data-under-way");
const isTicking = () => document.querySelector("#documents input:checked") !== null;

async function refresh() {
  let fresh = null;
  try {
    const response = await fetch(location.href, { credentials: "same-origin" });
    if (!response.ok) return;
    fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    return; // the line is down: the next time, or by the link
  }
  const wasUnderWay = isUnderWay();
  progress().replaceWith(fresh.getElementById("progress"));
  if (!wasUnderWay || isUnderWay()) return;
  announce(progress().textContent.trim().replace(/\s+/g, " "));
  // What somebody is ticking is not taken away from under them; a link shows the rest.
  if (isTicking()) return;
  for (const selector of ["#documents", "[data-import-batch] > .rb-filter"]) {
    const next = fresh.querySelector(selector);
    if (next) document.querySelector(selector)?.replaceWith(next);
  }
}

async function follow() {
  while (isUnderWay()) {
    await new Promise((done) => setTimeout(done, EVERY_MS));
    if (!document.hidden) await refresh();
  }
}

if (isUnderWay()) follow();
delegate(document, "click", "[data-refresh]", (event) => {
  event.preventDefault();
  refresh();
});

// --- keys and forms -----------------------------------------------------------------------------

// A second press while the first is under way would be a second act.
delegate(document, "submit", "#document, #documents", (event, form) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "true";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

function keysAreOn() {
  try {
    return localStorage.getItem(KEYS_OFF) === null;
  } catch {
    return true;
  }
}

function switchKeys(on) {
  try {
    if (on) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "1");
  } catch {
    // Forbidden in this browser: it holds for this page only.
  }
}

const isTyping = (element) =>
  element?.matches("textarea, select, input:not([type=checkbox], [type=radio])");
const keys = document.querySelector("[data-keys]");

if (keys) {
  const box = keys.querySelector("[data-keys-on]");
  keys.hidden = false;
  box.checked = keysAreOn();
  box.addEventListener("change", () => switchKeys(box.checked));
  // They act only while nobody types, and can be switched off (WCAG 2.1.4).
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (!box.checked || isTyping(document.activeElement)) return;
    const button = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}
