// The desk by keyboard, the word diff while typing, and the outcome form without leaving the list.
// Everything here does what a plain form or link on the page does too.

import { announce, delegate, fragment } from "../lib/dom.js";
import { keepDrafts, saveDraft } from "../lib/drafts.js";

const REST_MS = 600; // after the last key, before the preview is asked for
const KEYS_OFF = "rembuk:desk-keys-off";

const desk = document.querySelector("[data-desk]");
const help = document.querySelector("[data-help]");
const outcomeForm = () => document.querySelector("[data-outcome-form]");

// --- the word diff ------------------------------------------------------------------------------

let resting = 0;
let asked = 0;

async function preview(form) {
  const mine = (asked += 1);
  try {
    const response = await fetch(form.dataset.previewUrl, {
      method: "POST",
      body: new FormData(form),
      credentials: "same-origin",
    });
    if (!response.ok || mine !== asked) return; // what is typed meanwhile has its own answer
    for (const fresh of fragment(await response.text()).querySelectorAll("[data-preview-of]")) {
      const name = CSS.escape(fresh.dataset.previewOf);
      const shown = form.querySelector(`[data-preview-of="${name}"]`);
      if (shown && shown.innerHTML !== fresh.innerHTML) shown.innerHTML = fresh.innerHTML;
    }
  } catch {
    // The line is down: the button "Preview words" says so when it is pressed.
  }
}

document.addEventListener("input", (event) => {
  if (!event.target.name?.startsWith("words.")) return;
  clearTimeout(resting);
  resting = setTimeout(preview, REST_MS, event.target.form);
});

delegate(document, "click", "[data-take]", (event, link) => {
  const form = link.closest("form");
  const box = form?.elements.namedItem(link.dataset.takeFor);
  if (!box) return;
  event.preventDefault();
  box.value = link.dataset.take;
  box.focus();
  saveDraft(form);
  preview(form);
});

// --- the outcome form beside the list -------------------------------------------------------------

/** What the officer has typed so far, to be put back when other comments are selected. */
function typed(form) {
  if (!form) return [];
  const kept = [];
  for (const field of form.elements) {
    if (field.name === "disposition" && field.checked) kept.push([field.name, field.value]);
    const isText = field.tagName === "TEXTAREA" && field.value !== field.defaultValue;
    if (isText) kept.push([field.name, field.value]);
  }
  return kept;
}

function putBack(form, kept) {
  for (const [name, value] of kept) {
    const field = form.elements.namedItem(name);
    if (field) field.value = value;
  }
}

async function openOutcome(url) {
  const pane = document.getElementById("outcome");
  const kept = typed(outcomeForm());
  pane.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(url, { credentials: "same-origin" });
    if (!response.ok) throw new Error(String(response.status));
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    pane.replaceChildren(...fresh.getElementById("outcome").childNodes);
  } catch {
    location.assign(url);
    return;
  } finally {
    pane.removeAttribute("aria-busy");
  }
  history.replaceState(null, "", url);
  const form = outcomeForm();
  if (!form) return;
  putBack(form, kept);
  // Below 60rem the pane is a tab of its own: the address names it.
  if (getComputedStyle(pane).display === "none") location.hash = "outcome";
  form.querySelector("input[type=radio]")?.focus();
  announce(pane.querySelector("header")?.textContent.trim() ?? "");
  preview(form);
}

function addressOf(form, submitter) {
  const query = new URLSearchParams(new FormData(form, submitter));
  return `${location.pathname}?${query}#outcome`;
}

if (desk) {
  delegate(desk, "submit", "[data-select-form]", (event, form) => {
    const query = new FormData(form, event.submitter);
    if (!query.has("select") && !query.has("all")) return;
    event.preventDefault();
    openOutcome(addressOf(form, event.submitter));
  });
  delegate(desk, "click", "[data-answer-one], [data-open-words]", (event, link) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openOutcome(link.href);
  });
}

// A second press while the first is under way would be a second act.
delegate(document, "submit", "[data-outcome-form]", (event, form) => {
  if (event.submitter?.name === "preview") {
    event.preventDefault();
    preview(form);
  } else if (form.dataset.sent) {
    event.preventDefault();
  } else {
    form.dataset.sent = "true";
  }
});
window.addEventListener("pageshow", () => outcomeForm()?.removeAttribute("data-sent"));

// --- keys -----------------------------------------------------------------------------------------

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

const items = () => [...document.querySelectorAll("[data-item]")];
const current = () =>
  document.activeElement?.closest("[data-item]") ??
  document.querySelector("[data-item][aria-current]");

function move(by) {
  const all = items();
  if (!all.length) return;
  const here = all.indexOf(current());
  const there = all[here < 0 ? 0 : Math.min(Math.max(here + by, 0), all.length - 1)];
  for (const item of all) item.toggleAttribute("aria-current", false);
  there.setAttribute("aria-current", "true");
  there.focus();
  there.scrollIntoView({ block: "nearest" });
}

function answer() {
  const form = document.querySelector("[data-select-form]");
  if (form?.querySelector("input[name=select]:checked")) form.requestSubmit();
  else current()?.querySelector("[data-answer-one]")?.click();
}

function decide(number) {
  const choices = outcomeForm()?.querySelectorAll("input[name=disposition]");
  const choice = choices?.[number - 1];
  if (!choice) return;
  choice.checked = true;
  choice.focus();
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  x: () => current()?.querySelector("input[name=select]")?.click(),
  s: () => current()?.querySelector("[data-hide]")?.click(),
  Enter: answer,
  "?": () => help?.showModal(),
};

const isTyping = (element) =>
  element?.matches("textarea, select, input:not([type=checkbox], [type=radio])");
const isControl = (element) => element?.matches("a, button, summary, input");

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = outcomeForm();
    if (!form) return;
    event.preventDefault();
    form.requestSubmit(form.elements.namedItem("record"));
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (isTyping(document.activeElement) || help?.open || !keysAreOn()) return;
  // Enter on a link or a button is that control's own.
  if (event.key === "Enter" && isControl(document.activeElement)) {
    if (document.activeElement.name !== "select") return;
  }
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const act = /^[1-6]$/.test(key) ? () => decide(Number(key)) : KEYS[key];
  if (!act) return;
  event.preventDefault();
  act();
});

if (help) {
  const button = document.querySelector("[data-help-open]");
  button.hidden = false;
  button.addEventListener("click", () => help.showModal());
  const box = help.querySelector("[data-keys-on]");
  box.checked = keysAreOn();
  box.addEventListener("change", () => switchKeys(box.checked));
}

keepDrafts();
