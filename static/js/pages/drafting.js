// The page of one clause in the editor: the differences while typing, and what is typed kept by
// itself. Without this the same form has a button for the differences, and saving is saving.

import { fragment } from "../lib/dom.js";
import { keepDrafts } from "../lib/drafts.js";

const DIFFERENCES_AFTER_MS = 600; // of rest after the last key
const KEEP_AFTER_MS = 1500;

const form = document.querySelector("[data-clause-form]");

/** One POST of the page's own; null when the line is down or the server refuses. */
async function send(url, body) {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { Accept: "application/json, text/html;q=0.9" },
      credentials: "same-origin",
    });
    return response.ok ? response : null;
  } catch {
    return null;
  }
}

// --- the differences ----------------------------------------------------------------------------

let asked = 0;

async function showDifferences() {
  const mine = (asked += 1);
  const response = await send(form.dataset.previewUrl, new FormData(form));
  // What is typed meanwhile has its own answer.
  if (!response || mine !== asked) return;
  for (const fresh of fragment(await response.text()).querySelectorAll("[data-preview-of]")) {
    const shown = form.querySelector(`[data-preview-of="${CSS.escape(fresh.dataset.previewOf)}"]`);
    if (shown && shown.innerHTML !== fresh.innerHTML) shown.innerHTML = fresh.innerHTML;
  }
}

// --- kept by itself -----------------------------------------------------------------------------

/** Languages in which words from before wait to be used or discarded: those are not overwritten. */
const waiting = () => (form.dataset.waiting ?? "").split(" ").filter(Boolean);
const valueOf = (name) => form.elements.namedItem(name)?.value ?? "";
const changed = new Set();

async function keep(language) {
  if (form.dataset.sent || waiting().includes(language)) return;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", valueOf("csrfmiddlewaretoken"));
  body.set("language", language);
  body.set("heading", valueOf(`heading_${language}`));
  body.set("body", valueOf(`body_${language}`));
  body.set("base_digest", valueOf(`seen_${language}`));
  changed.delete(language);
  const response = await send(form.dataset.keepUrl, body);
  const note = form.querySelector(`[data-kept-of="${language}"]`);
  if (!response) changed.add(language); // the next pause, or leaving the page, tries again
  else if (note) note.replaceChildren(fragment((await response.json()).html));
}

function keepAll() {
  for (const language of changed) keep(language);
}

/** When the page goes away there is no time to wait for an answer. */
function keepNow() {
  if (form.dataset.sent) return;
  for (const language of changed) {
    if (waiting().includes(language)) continue;
    const body = new URLSearchParams({
      csrfmiddlewaretoken: valueOf("csrfmiddlewaretoken"),
      language,
      heading: valueOf(`heading_${language}`),
      body: valueOf(`body_${language}`),
      base_digest: valueOf(`seen_${language}`),
    });
    navigator.sendBeacon(form.dataset.keepUrl, body);
  }
  changed.clear();
}

if (form) {
  let differences = 0;
  let pause = 0;
  form.addEventListener("input", (event) => {
    const { language } = event.target.dataset;
    if (!language) return;
    changed.add(language);
    clearTimeout(differences);
    clearTimeout(pause);
    differences = setTimeout(showDifferences, DIFFERENCES_AFTER_MS);
    pause = setTimeout(keepAll, KEEP_AFTER_MS);
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name === "preview") {
      event.preventDefault();
      showDifferences();
    } else if (form.dataset.sent) {
      event.preventDefault(); // a second press while the first is under way
    } else {
      form.dataset.sent = "true";
    }
  });
  window.addEventListener("pagehide", keepNow);
  window.addEventListener("pageshow", () => form.removeAttribute("data-sent"));
}

// The outline scrolls by itself: what is being edited stands in its middle.
const outline = document.querySelector("[data-outline]");
const here = outline?.querySelector("[aria-current]");
if (here) outline.scrollTop = here.offsetTop - outline.offsetTop - outline.clientHeight / 2;

keepDrafts();
