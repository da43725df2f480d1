// Writing a comment without leaving the place. One form for the whole page: it goes to the thread
// or the comment that is written to, and each of these places keeps its own draft on this device.

import { delegate, jsonData } from "../../lib/dom.js";
import { clearDraft, restoreDraft, saveDraft } from "../../lib/drafts.js";
import { clearErrors, postForm, showErrors } from "../../lib/post.js";
import { takeIn } from "./arrivals.js";
import { choose, chosenKey, onChoose, threadOf } from "./choosing.js";
import { say } from "./words.js";

const config = jsonData("live-config");
const PLACES = "rembuk:place:"; // what a draft holds beside its fields: the quote, the token
let form = null;
let placed = ""; // the key of the draft that is in the form

/** Whether the reader can write on this page; if not, links lead to the page for writing. */
export const canWrite = () => form !== null;

const field = (name) => form.elements.namedItem(name);

/** Remember (or with null forget) what belongs to the draft in the form. */
function remember(values) {
  const key = PLACES + form.dataset.draftKey;
  try {
    const known = JSON.parse(localStorage.getItem(key) ?? "{}");
    if (values) localStorage.setItem(key, JSON.stringify({ ...known, ...values }));
    else localStorage.removeItem(key);
    return known;
  } catch {
    return {}; // forbidden in this browser: a repeat after a reload is then a second comment
  }
}

function setQuote(quote = {}, from = "") {
  field("quote_exact").value = quote.exact ?? "";
  field("quote_prefix").value = quote.prefix ?? "";
  field("quote_suffix").value = quote.suffix ?? "";
  field("proposed_from").value = from;
  const exact = quote.exact ?? "";
  form.querySelector("[data-quote]").textContent = exact && `“${exact}”`;
  form.querySelectorAll("[data-quote], [data-quote-drop]").forEach((part) => {
    part.hidden = !exact;
  });
}

/** Moves the form into a thread, or under the comment that it replies to. */
function moveTo(place, { wording, parent = "" }) {
  // The page for writing names its drafts so too: what was begun there goes on here.
  const draftKey = `comment:${config.slug}:${wording}:${parent}`;
  if (placed === draftKey) return;
  if (placed) saveDraft(form);
  placed = draftKey;
  clearErrors(form);
  tell("");
  form.reset();
  place.append(form);
  form.dataset.draftKey = draftKey;
  field("wording").value = wording;
  field("parent").value = parent;
  restoreDraft(form);
  const known = remember({});
  setQuote(known.quote, known.from);
  // A comment that may have arrived already is sent again with the token that it had.
  field("token").value = known.token ?? crypto.randomUUID();
  form.querySelector("[data-propose]").open = Boolean(field("proposed_text").value);
  form.querySelector("[data-reply-to]").hidden = !parent;
  form.querySelector("[data-reply-number]").textContent = String(parent).padStart(4, "0");
  // A reply is one box: whoever answers a person proposes nothing to the agency.
  form.querySelectorAll("fieldset, [data-propose]").forEach((offer) => {
    offer.hidden = Boolean(parent);
  });
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
  const isEmpty = propose && !field("proposed_text").value;
  if (isEmpty) field("proposed_text").value = quote.exact;
  if (propose) form.querySelector("[data-propose]").open = true;
  const from = isEmpty ? "quote" : "";
  setQuote(quote, from);
  remember({ quote, from });
  field(propose ? "proposed_text" : "body").focus();
}

function tell(text, { retry = false } = {}) {
  const status = form.querySelector("[data-post-status]");
  status.textContent = text;
  status.hidden = !text;
  form.querySelector("[data-retry]").hidden = !retry;
  if (text) status.parentElement.scrollIntoView({ block: "nearest" });
}

async function fetchEvent(seq) {
  const url = `/consultations/${config.slug}/events?after=${seq - 1}&limit=1&lang=${config.lang}`;
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  return (await answer.json()).events?.[0];
}

async function accepted({ id, seq, state }) {
  remember(null);
  clearDraft(form);
  form.reset();
  setQuote();
  field("token").value = crypto.randomUUID();
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
    remember({ token: field("token").value });
    return tell(say("not_sent"), { retry: true });
  }
  // Refused is not stored: what is sent next is a comment of its own.
  field("token").value = crypto.randomUUID();
  remember({ token: undefined });
  const rest = showErrors(form, answer.data.errors);
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
  form.querySelector("[data-retry]").addEventListener("click", () => form.requestSubmit());
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
  delegate(document, "click", "[data-quote-drop]", () => {
    setQuote();
    remember({ quote: {}, from: "" });
    field("body").focus();
  });
}

