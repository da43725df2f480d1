// A live session: the table and the agenda follow the moderator; what is said waits behind a pill.

import { announce, delegate, fragment, jsonData } from "../lib/dom.js";
import { connect } from "../lib/live.js";
import { clearErrors, postForm, showErrors } from "../lib/post.js";
import { showState } from "../lib/state.js";

const config = jsonData("live-config");
const room = document.querySelector("[data-room]");
const waiting = new Map(); // number of the comment → its article, not shown yet

const stream = () => room.querySelector("[data-room-stream]");
const list = () => stream().querySelector("[data-comments]");

function updatePill() {
  const pill = stream().querySelector("[data-newpill]");
  pill.hidden = waiting.size === 0;
  const text = waiting.size === 1 ? pill.dataset.textOne : pill.dataset.textMany;
  pill.textContent = text.replace("{n}", waiting.size);
}

function place(article) {
  list().querySelector("[data-empty]")?.remove();
  const parent = article.dataset.parent;
  const replies = parent && list().querySelector(`[data-replies="${CSS.escape(parent)}"]`);
  if (replies) replies.append(article);
  else list().prepend(article);
}

function showWaiting() {
  const articles = [...waiting.values()];
  waiting.clear();
  articles.forEach(place);
  updatePill();
  articles.at(-1)?.focus();
}

function heed(event) {
  const html = event.html && fragment(event.html);
  if (/^(item|meeting|agreement)\./.test(event.type)) return refresh();
  if (!html) return null;
  const article = html.querySelector("[data-comment]");
  if (!article) return refresh();
  const here = room.querySelector(`#${CSS.escape(article.id)}`);
  if (here) here.replaceWith(article);
  else if (waiting.has(article.dataset.comment)) waiting.set(article.dataset.comment, article);
  else if (event.type === "comment.posted" && String(event.data.wording) === stream().dataset.wording) {
    if (Number(article.dataset.by) === config.voice) place(article);
    else waiting.set(article.dataset.comment, article);
  }
  return updatePill();
}

/** The table has moved on: take over what the server shows now; a text being typed stays. */
let refreshing = null;
async function refresh() {
  refreshing ??= fetch(location.href, { credentials: "same-origin" }).then((r) => r.text());
  const fresh = new DOMParser().parseFromString(await refreshing, "text/html");
  refreshing = null;
  for (const part of ["[data-live-agenda]", "[data-live-table]"]) {
    const [old, next] = [room.querySelector(part), fresh.querySelector(part)];
    if (old && next && old.outerHTML !== next.outerHTML) old.replaceWith(next);
  }
  const next = fresh.querySelector("[data-room-stream]");
  const isTyping = stream().querySelector("textarea")?.value.trim();
  if (next && (next.dataset.wording === stream().dataset.wording || !isTyping)) {
    if (next.dataset.wording !== stream().dataset.wording) {
      waiting.clear();
      stream().replaceWith(next);
    } else list().replaceChildren(...next.querySelector("[data-comments]").childNodes);
  }
  updatePill();
}

delegate(room, "click", "[data-newpill]", showWaiting);

delegate(room, "submit", "form[data-comment-form]", async (event, form) => {
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "true";
  clearErrors(form);
  const answer = await postForm(form);
  delete form.dataset.busy;
  if (!answer.ok) {
    const rest = showErrors(form, answer.data.errors);
    if (rest.length) announce(rest.join(" "));
    if (answer.status === 0) form.submit(); // the line is down: the browser says so, the text stays
    return;
  }
  form.querySelectorAll("textarea").forEach((field) => (field.value = ""));
  form.elements.token.value = crypto.randomUUID();
});

connect({
  ...config,
  onEvents: (events) => events.forEach(heed),
  onState: showState,
  onReset: () => location.reload(),
});
