// What happens while the page is open. Nothing moves what is being read: new comments wait behind a
// pill; what is hidden or answered changes in its own place.

import { announce, fragment, jsonData } from "../../lib/dom.js";
import { connect } from "../../lib/live.js";
import { showState } from "../../lib/state.js";
import { choose } from "./choosing.js";
import { countAnew, countOne, threadOfWording } from "./counting.js";
import { say } from "./words.js";

const ANNOUNCE_EVERY_MS = 10_000;
const config = jsonData("live-config");
const waiting = new Map(); // number → {article, thread}, in the order in which they came
const counted = new Set(); // numbers of comments that the figures hold already
let announcedAt = 0;
let announcing = 0;

const articleOf = (number) => document.getElementById(`m-${number}`);
const isLaterPage = () => new URLSearchParams(location.search).has("after");

/** Says at comments of the reader's own that they are. */
export function markMine(root = document) {
  if (!config.voice) return;
  root.querySelectorAll(`[data-by="${config.voice}"]:not([data-mine])`).forEach((article) => {
    article.dataset.mine = "";
    const label = document.createElement("span");
    label.className = "rb-mine-label";
    label.textContent = say("mine");
    article.querySelector(".rb-who b")?.after(label);
  });
}

function showPill() {
  const bar = document.querySelector("[data-pillbar]");
  bar.hidden = waiting.size === 0;
  if (!waiting.size) return;
  const text = say("new", { n: waiting.size });
  bar.querySelector("[data-newpill]").textContent = text;
  clearTimeout(announcing);
  const due = Math.max(0, announcedAt + ANNOUNCE_EVERY_MS - Date.now());
  announcing = setTimeout(() => {
    if (!waiting.size) return;
    announcedAt = Date.now();
    announce(say("new", { n: waiting.size }));
  }, due);
}

function place(article, thread) {
  const list = thread.querySelector("[data-comments]");
  const parent = article.dataset.parent;
  const replies = parent && list.querySelector(`[data-replies="${CSS.escape(parent)}"]`);
  const below = document.createElement("div");
  below.className = "rb-replies";
  below.dataset.replies = article.dataset.comment;
  if (replies) replies.append(article, below);
  else list.prepend(article, below);
  thread.querySelector("[data-empty]")?.remove();
  markMine(list);
}

/** Shows all that waits, and leads to the first of it. */
function showWaiting() {
  const arrived = [...waiting.values()];
  waiting.clear();
  document.querySelectorAll("[data-new]").forEach((old) => delete old.dataset.new);
  for (const { article, thread } of arrived) {
    article.dataset.new = "";
    place(article, thread);
  }
  showPill();
  const [first] = arrived;
  if (!first) return;
  choose(first.thread.dataset.threadKey, { push: true });
  first.article.focus();
}

/** Puts a comment into its place at once: the reader's own, just sent. */
export function takeIn(event) {
  const article = fragment(event.html).querySelector("[data-comment]");
  const thread = threadOfWording(event.data.wording);
  waiting.delete(event.data.number);
  count(event, thread, article);
  if (articleOf(event.data.number) || !thread) return articleOf(event.data.number);
  place(article, thread);
  showPill();
  return article;
}

/** Remarks of the agency's own people count apart. */
function count(event, thread, article) {
  if (!thread || "official" in (article?.dataset ?? {}) || counted.has(event.data.number)) return;
  counted.add(event.data.number);
  countOne(thread);
}

function posted(event) {
  const { number, wording } = event.data;
  const thread = threadOfWording(wording);
  const article = fragment(event.html).querySelector("[data-comment]");
  if (!thread || !article || articleOf(number)) return;
  count(event, thread, article);
  if (isLaterPage()) return;
  waiting.set(number, { article, thread });
}

/** Hidden, shown again: the comment changes where it stands, also while it waits. */
function changed(event) {
  const { number } = event.data;
  const article = fragment(event.html).querySelector("[data-comment]");
  if (!article) return;
  const here = articleOf(number);
  if (here) {
    const hadFocus = here.contains(document.activeElement);
    here.replaceWith(article);
    if (hadFocus) article.focus();
    markMine(article.parentElement);
  } else if (waiting.has(number)) {
    waiting.get(number).article = article;
  }
}

function answered(event) {
  const html = fragment(event.html);
  const answer = html.querySelector(".rb-answer");
  const counts = html.querySelector("[data-new-counts]")?.dataset.newCounts;
  const now = new Set((event.data.answers ?? []).map(String));
  for (const old of document.querySelectorAll(`[data-answer="${event.data.number}"]`)) {
    if (!now.has(old.closest("[data-comment]")?.dataset.comment)) old.remove();
  }
  for (const number of answer ? now : []) {
    const article = articleOf(number) ?? waiting.get(Number(number))?.article;
    if (!article || article.dataset.state === "hidden") continue;
    article.querySelector(":scope > .rb-answer")?.remove();
    article.append(answer.cloneNode(true));
  }
  if (counts) countAnew(JSON.parse(counts));
}

/** Another clause is on the table of the session. */
function tabled(event) {
  document.querySelectorAll("[data-on-table]").forEach((clause) => {
    delete clause.dataset.onTable;
    clause.querySelector(".rb-ontable")?.remove();
  });
  const thread = event.data.wording && threadOfWording(event.data.wording);
  const clause = thread && document.getElementById(`c-${thread.dataset.threadKey}`);
  const sentence = document.querySelector("[data-session-item]");
  const label = thread?.dataset.threadKey.replaceAll("-", ".");
  if (sentence) sentence.textContent = label ? say("on_table", { label }) : "";
  if (!clause) return;
  clause.dataset.onTable = "";
  const note = document.querySelector("template[data-on-table-note]").content.cloneNode(true);
  const link = note.querySelector("a");
  link.href = link.getAttribute("href").replace(/0\/$/, `${event.data.meeting}/`);
  clause.querySelector(".rb-words").append(note);
}

/** What changes the page as a whole is not patched in: the reader is told and decides. */
const stale = () => (document.querySelector("[data-stale]").hidden = false);

const HANDLERS = {
  "comment.posted": posted,
  "comment.hidden": changed,
  "comment.shown": changed,
  "comment.erased": changed,
  "outcome.recorded": answered,
  "outcome.reverted": answered,
  "item.opened": tabled,
  "meeting.opened": stale,
  "meeting.closed": stale,
  "draft.opened": stale,
  "draft.replaced": stale,
  "consultation.closed": stale,
  "consultation.concluded": stale,
};

export function startArrivals() {
  markMine();
  document.querySelector("[data-newpill]").addEventListener("click", showWaiting);
  connect({
    ...config,
    onEvents(events) {
      for (const event of events) HANDLERS[event.type]?.(event);
      showPill();
    },
    onState: showState,
    onReset: stale,
  });
}
