// The figures beside clauses, in the contents and above, kept up to date.

import { figure, say } from "./words.js";

const threads = () => [...document.querySelectorAll("[data-thread-key]")];

/** The ids of the wordings whose comments stand in a thread; the whole has the empty one. */
const wordingsOf = (thread) => (thread.dataset.wordings ?? "").split(" ");

/** The thread that holds the comments on a wording; without one, that of the whole. */
export function threadOfWording(wording) {
  const id = wording ? String(wording) : "";
  return threads().find((thread) => wordingsOf(thread).includes(id));
}

function show(counter, total, unanswered) {
  counter.dataset.total = total;
  counter.dataset.unanswered = unanswered;
  counter.querySelector("[data-figure]").textContent = figure(total);
  counter.querySelector("[data-spoken]").textContent = say("counted", {
    n: total,
    unanswered: say("unanswered", { n: unanswered }),
  });
  let small = counter.querySelector("[data-small]");
  if (!small && total) {
    small = document.createElement("small");
    small.dataset.small = "";
    small.setAttribute("aria-hidden", "true");
    counter.querySelector("[data-figure]").after(small);
  }
  if (!small) return;
  small.toggleAttribute("data-done", unanswered === 0);
  small.textContent = unanswered ? say("open", { n: unanswered }) : say("answered");
}

function set(thread, total, unanswered) {
  const counter = document.querySelector(
    `[data-counts="${CSS.escape(thread.dataset.threadKey)}"]`,
  );
  if (counter) show(counter, total, unanswered);
  const line = thread.querySelector("[data-thread-counts]");
  if (line) {
    line.textContent = say("counted", {
      n: total,
      unanswered: say("unanswered", { n: unanswered }),
    });
  }
  thread.dataset.total = total;
  thread.dataset.unanswered = unanswered;
}

function current(thread) {
  const counter = document.querySelector(
    `[data-counts="${CSS.escape(thread.dataset.threadKey)}"]`,
  );
  const source = thread.dataset.total === undefined && counter ? counter : thread;
  return [Number(source.dataset.total ?? 0), Number(source.dataset.unanswered ?? 0)];
}

function addOne(name) {
  for (const element of document.querySelectorAll(`[data-sum="${CSS.escape(name)}"]`)) {
    element.dataset.value = Number(element.dataset.value) + 1;
    element.textContent = figure(Number(element.dataset.value));
  }
}

/** One comment more. */
export function countOne(thread) {
  const [total, unanswered] = current(thread);
  set(thread, total + 1, unanswered + 1);
  addOne("total");
  if (thread.dataset.component) addOne(thread.dataset.component);
}

/** New figures of all wordings, as an answer brings them. */
export function countAnew(counts) {
  for (const thread of threads()) {
    const found = wordingsOf(thread).map((wording) => counts[wording]).filter(Boolean);
    if (!found.length) continue;
    const sum = (place) => found.reduce((total, count) => total + count[place], 0);
    set(thread, sum(0), sum(1));
  }
  const all = Object.values(counts);
  const answered = all.reduce((total, [count, unanswered]) => total + count - unanswered, 0);
  const element = document.querySelector("[data-sum=answered]");
  if (element) element.textContent = figure(answered);
}
