// Keep what is being typed on this device, across reloads and failed sends.
//
//   <form data-draft-key="comment:ktp-elektronik:3.1"> … <p data-draft-note hidden>Saved on this
//   device</p></form>
//
// `keepDrafts()` watches all such forms, also those that come later. A page calls
// `clearDraft(form)` when the server has accepted; a page that the server rendered after accepting
// carries data-draft-done="<key>" on any element.

const PREFIX = "rembuk:draft:";
const FORGET_AFTER_MS = 30 * 24 * 3600 * 1000;
const NEVER = "button,[type=password],[type=hidden],[type=file],[type=submit],[data-draft=never]";

function store() {
  try {
    return window.localStorage;
  } catch {
    return null; // forbidden in this browser: typing still works, it is only not kept
  }
}

function fields(form) {
  return [...form.elements].filter(
    (field) => field.name && !field.readOnly && !field.matches(NEVER) && "value" in field,
  );
}

const isChoice = (field) => field.type === "radio" || field.type === "checkbox";

function values(form) {
  const kept = {};
  for (const field of fields(form)) {
    if (!isChoice(field)) kept[field.name] = field.value;
    else if (field.checked) (kept[field.name] ??= []).push(field.value);
  }
  return kept;
}

const isFilled = (field) => "defaultValue" in field && field.value !== "";

/** As the server sent it: nothing typed, nothing to keep. */
function isUntouched(form) {
  // Choices alone (radio, checkbox, select) are quickly made again.
  const texts = fields(form).filter((field) => !isChoice(field) && "defaultValue" in field);
  return texts.every((field) => field.value === field.defaultValue);
}

function note(form, shown) {
  const element = form.querySelector("[data-draft-note]");
  if (element) element.hidden = !shown;
}

/** Save now. */
export function saveDraft(form) {
  const key = PREFIX + form.dataset.draftKey;
  try {
    if (isUntouched(form)) store()?.removeItem(key);
    else store()?.setItem(key, JSON.stringify({ at: Date.now(), values: values(form) }));
    note(form, !isUntouched(form) && store() !== null);
  } catch {
    note(form, false); // full: say nothing that is not true
  }
}

/**
 * Put back what was kept; returns whether it did. What the server filled in stays, unless the form
 * has data-draft-over (then its key must name the version of what is being edited).
 */
export function restoreDraft(form) {
  let kept = null;
  try {
    kept = JSON.parse(store()?.getItem(PREFIX + form.dataset.draftKey) ?? "null");
  } catch {
    return false;
  }
  if (!kept || Date.now() - kept.at > FORGET_AFTER_MS || !isUntouched(form)) return false;
  const over = form.dataset.draftOver !== undefined;
  for (const field of fields(form)) {
    const value = kept.values[field.name];
    if (isChoice(field)) field.checked = Array.isArray(value) && value.includes(field.value);
    else if (typeof value === "string" && (over || !isFilled(field))) field.value = value;
  }
  note(form, true);
  form.dispatchEvent(new CustomEvent("draft:restored", { bubbles: true }));
  return true;
}

export function clearDraft(form) {
  store()?.removeItem(PREFIX + form.dataset.draftKey);
  note(form, false);
}

function clearDone(root) {
  for (const element of root.querySelectorAll("[data-draft-done]")) {
    store()?.removeItem(PREFIX + element.dataset.draftDone);
  }
}

/** Watch every form with data-draft-key below `root`. */
export function keepDrafts(root = document) {
  clearDone(root);
  root.querySelectorAll("form[data-draft-key]").forEach(restoreDraft);
  const waiting = new Map();
  const flush = () => {
    for (const [form, timer] of waiting) {
      clearTimeout(timer);
      if (form.isConnected) saveDraft(form);
    }
    waiting.clear();
  };
  root.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.dataset.draftKey) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => (waiting.delete(form), saveDraft(form)), 300));
  });
  root.addEventListener("submit", flush, true);
  window.addEventListener("pagehide", flush);
}
