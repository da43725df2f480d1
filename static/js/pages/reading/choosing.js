// Which clause's thread is open: beside the draft on a desk, under its clause on a phone.
//
// Without a script the address does it (#u-3-1, :target). With one, the same address is kept in the
// history, so that Back leads back to the clause, and nothing jumps.

import { delegate } from "../../lib/dom.js";

const isWide = matchMedia("(min-width: 60rem)");
const listeners = [];
let chosen = null;

export const threadOf = (key) => document.querySelector(`[data-thread-key="${CSS.escape(key)}"]`);
export const clauseOf = (key) => document.getElementById(`c-${key}`);

/** `listener(key, thread)` whenever another thread is opened. */
export const onChoose = (listener) => listeners.push(listener);
export const chosenKey = () => chosen;

function mark(key) {
  document.querySelectorAll("[data-thread-key][data-chosen]").forEach((thread) => {
    if (thread.closest(".rb-doc")) delete thread.dataset.chosen;
  });
  document.querySelectorAll(".rb-clause[aria-current]").forEach((clause) => {
    clause.removeAttribute("aria-current");
  });
  if (key) {
    threadOf(key).dataset.chosen = "";
    clauseOf(key)?.setAttribute("aria-current", "true");
  }
  const component = key && threadOf(key).dataset.component;
  document.querySelectorAll("[data-toc]").forEach((link) => {
    if (link.dataset.toc === component) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
  document.querySelectorAll("[data-open]").forEach((link) => {
    link.setAttribute("aria-expanded", String(link.dataset.open === key));
  });
  chosen = key;
}

/** Open the thread of a clause; `focus` moves the focus to its heading. */
export function choose(key, { focus = false, push = false } = {}) {
  const thread = threadOf(key);
  if (!thread) return null;
  const fold = clauseOf(key)?.closest("details");
  if (fold) fold.open = true;
  if (chosen !== key) {
    mark(key);
    listeners.forEach((listener) => listener(key, thread));
  }
  if (push && location.hash !== `#u-${key}`) history.pushState(null, "", `#u-${key}`);
  if (focus) {
    document.getElementById(`h-${key}`)?.focus({ preventScroll: isWide.matches });
    if (!isWide.matches) thread.scrollIntoView({ block: "start" });
  }
  return thread;
}

function close() {
  mark(null);
  history.pushState(null, "", location.pathname + location.search);
}

/** What the address says: a thread, a clause, or a comment within a thread. */
function followAddress({ focus }) {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id && document.getElementById(id);
  if (!target) return false;
  const key = target.dataset.threadKey ?? target.closest("[data-thread-key]")?.dataset.threadKey;
  if (key) {
    choose(key, { focus: focus && id === `u-${key}` });
    if (id !== `u-${key}`) target.focus();
    return true;
  }
  if (target.dataset.clause && isWide.matches) choose(target.dataset.clause);
  return Boolean(target.dataset.clause);
}

export function startChoosing() {
  const reading = document.querySelector(".rb-doc");
  if (!reading) {
    chosen = document.querySelector("[data-thread-key]")?.dataset.threadKey ?? null;
    return;
  }
  reading.dataset.scripted = "";
  delegate(document, "click", "[data-open], .rb-anchor", (event, link) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const key = link.dataset.open ?? link.closest("[data-clause]")?.dataset.clause;
    if (!key || !threadOf(key)) return;
    event.preventDefault();
    if (key === chosen && !isWide.matches) close();
    else choose(key, { focus: true, push: true });
  });
  delegate(document, "click", "[data-open-clause]", (event, link) => {
    if (isWide.matches) choose(link.dataset.openClause);
  });
  window.addEventListener("popstate", () => {
    if (!location.hash && !isWide.matches) mark(null);
    // The browser moves the focus to the new place by itself, after this event.
    else setTimeout(() => followAddress({ focus: true }));
  });
  if (followAddress({ focus: true })) {
    if (isWide.matches) clauseOf(chosen)?.scrollIntoView({ block: "center" });
    return;
  }
  const first = document.querySelector("[data-thread-key][data-default]");
  if (first && isWide.matches) choose(first.dataset.threadKey);
}
