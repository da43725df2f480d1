// Writing a comment without leaving the place. One form for the whole page: it goes to the thread or
// the comment that is written to, and each of these places keeps its own draft on this device.

import { delegate, jsonData } from "../../lib/dom.js";
import { clearDraft, restoreDraft, saveDraft } from "../../lib/drafts.js";
import { clearErrors, postForm, showErrors } from "../../lib/post.js";
import { takeIn } from "./arrivals.js";
import { choose, chosenKey, onChoose, threadOf } from "./choosing.js";
import { say } from "./words.js";

const config = jsonData("live-config");
const TOKENS = "rembuk:token:";
let form = null;

/** Whether the reader can write on this page; if not, links lead to the page for writing. */
export const canWrite = () => form !== null;

const field = (name) => form.elements.namedItem(name);

function kept(name, value) {
  try {
    if (value === undefined) return localStorage.getItem(name);
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    return null; // forbidden in this browser: a repeat after a reload is then a second comment
  }
  return value;
}

const newToken = () => (field("token").value = crypto.randomUUID());

function setQuote({ exact = "", prefix = "", suffix = "" } = {}) {
  field("quote_exact").value = exact;
  field("quote_prefix").value = prefix;
  field("quote_suffix").value = suffix;
  form.querySelector("[data-quote]").textContent = exact && `“${exact}”`;
  form.querySelectorAll("[data-quote], [data-quote-drop]").forEach((part) => {
    part.hidden = !exact;
  });
}

/** Moves the form to a place (a thread's key, or a comment's number to reply to). */
function moveTo(place, { wording, parent = "" }) {
  const key = parent ? `reply-${parent}` : place.dataset.formPlace;
  const draftKey = `comment:${config.slug}:${key}`;
  if (form.dataset.draftKey === draftKey && place.contains(form)) return;
  if (form.dataset.draftKey) saveDraft(form);
  clearErrors(form);
  tell("");
  form.reset();
  place.append(form);
  form.dataset.draftKey = draftKey;
  field("wording").value = wording;
  field("parent").value = parent;
  field("proposed_from").value = "";
  setQuote();
  restoreDraft(form);
  // A comment that may have arrived already is sent again with the token that it had.
  field("token").value = kept(TOKENS + draftKey) ?? crypto.randomUUID();
  form.querySelector("[data-reply-to]").hidden = !parent;
  form.querySelector("[data-reply-number]").textContent = parent;
  document.querySelectorAll("[data-form-place] > [data-write]").forEach((link) => {
    link.hidden = link.parentElement === place;
  });
}

function writeTo(key, { focus = true } = {}) {
  const thread = threadOf(key);
  const place = thread?.querySelector("[data-form-place]");
  if (!place) return null;
  moveTo(place, { wording: thread.dataset.thread });
  if (focus) field("body").focus();
  return form;
}

function replyTo(number) {
  const article = document.getElementById(`m-${number}`);
  const thread = article.closest("[data-thread-key]");
  const place = document.querySelector(`[data-replies="${CSS.escape(number)}"]`) ?? article;
  moveTo(place, { wording: thread.dataset.thread, parent: number });
  field("body").focus();
}

/** Puts the selected words into the form of their clause. */
export function writeOn(key, quote, { propose = false } = {}) {
  choose(key, { push: true });
  if (!writeTo(key, { focus: false })) return;
  setQuote(quote);
  if (propose) {
    form.querySelector("[data-propose]").open = true;
    if (!field("proposed_text").value) {
      field("proposed_text").value = quote.exact;
      field("proposed_from").value = "quote";
    }
  }
  field(propose ? "proposed_text" : "body").focus();
}

function tell(text, { retry = false } = {}) {
  const status = form.querySelector("[data-post-status]");
  status.textContent = text;
  status.hidden = !text;
  form.querySelector("[data-retry]").hidden = !retry;
}

async function fetchEvent(seq) {
  const url = `/consultations/${config.slug}/events?after=${seq - 1}&limit=1&lang=${config.lang}`;
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  return (await answer.json()).events?.[0];
}

async function accepted({ id, seq, state }) {
  kept(TOKENS + form.dataset.draftKey, null);
  clearDraft(form);
  form.reset();
  field("proposed_from").value = "";
  setQuote();
  newToken();
  if (state !== "published" || !seq) return tell(say("waits"));
  tell(say("sent"));
  const article = document.getElementById(`m-${id}`);
  if (article) return article.focus();
  const event = await fetchEvent(seq).catch(() => null);
  if (event) takeIn(event)?.focus();
  return undefined;
}

function refused(answer) {
  // Nothing is known of what had no answer, so its token stays with the text.
  if (answer.status === 0) {
    kept(TOKENS + form.dataset.draftKey, field("token").value);
    return tell(say("not_sent"), { retry: true });
  }
  kept(TOKENS + form.dataset.draftKey, null);
  const rest = showErrors(form, answer.data.errors);
  if (answer.data.code !== "rate") field("token").value = answer.data.token ?? crypto.randomUUID();
  return tell(rest.join(" ") || (answer.data.errors ? "" : say("refused")));
}

async function send(event) {
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "";
  clearErrors(form);
  tell(say("sending"));
  const submitted = form;
  const answer = await postForm(submitted, { onRetry: () => tell(say("again")) });
  delete form.dataset.busy;
  if (answer.status === 201 || answer.status === 200) await accepted(answer.data);
  else refused(answer);
}

/** What the form needs beside its fields when a script sends it. */
function equip() {
  const parts = document.querySelector("template[data-form-parts]").content.cloneNode(true);
  form.prepend(parts.querySelector("[data-reply-to]"));
  form.querySelector("[data-quote]").after(parts.querySelector("[data-quote-drop]"));
  form.append(parts.querySelector("[data-after]"));
  form.addEventListener("submit", send);
}

export function startWriting() {
  const template = document.querySelector("template[data-comment-form]");
  if (!template) return;
  const standing = document.querySelector("[data-form-here] form");
  form = standing ?? template.content.querySelector("form").cloneNode(true);
  equip();
  onChoose((key) => writeTo(key, { focus: false }));
  if (chosenKey()) writeTo(chosenKey(), { focus: false });
  delegate(document, "click", "[data-write]", (event, link) => {
    event.preventDefault();
    choose(link.dataset.write, { push: true });
    writeTo(link.dataset.write);
  });
  delegate(document, "click", "[data-reply]", (event, link) => {
    event.preventDefault();
    replyTo(link.dataset.reply);
  });
  delegate(document, "click", "[data-reply-cancel]", () => writeTo(chosenKey()));
  delegate(document, "click", "[data-quote-drop]", () => setQuote());
}

