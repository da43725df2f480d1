// Selecting words of a clause offers two things to do with them.
//
// The words are counted as the server counts: in the text content of [data-words], to which marks
// add nothing. What is sent is the quote with what stands around it; the server places it.

import { delegate, jsonData } from "../../lib/dom.js";
import { canWrite, writeOn } from "./writing.js";

const CONTEXT = 32;
const config = jsonData("live-config");
let quoted = null;

const tool = () => document.querySelector("[data-tool]");

const isLetter = (character) => /[\p{L}\p{N}]/u.test(character ?? "");

/** The words that text[start:end] touches, whole and without space around them. */
function wholeWords(text, start, end) {
  while (start < end && !text[start].trim()) start += 1;
  while (end > start && !text[end - 1].trim()) end -= 1;
  while (start > 0 && isLetter(text[start]) && isLetter(text[start - 1])) start -= 1;
  while (end < text.length && isLetter(text[end - 1]) && isLetter(text[end])) end += 1;
  return [start, end];
}

/** The clause and the quote of what is selected, if it is words of one clause. */
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const start = range.startContainer.parentElement?.closest("[data-words]");
  const common = range.commonAncestorContainer;
  const words = start ?? (common.closest ?? (() => null)).call(common, "[data-words]");
  if (!words) return null;
  const clipped = range.cloneRange();
  if (!words.contains(range.endContainer)) clipped.setEnd(words, words.childNodes.length);
  if (!clipped.toString().trim()) return null;
  const before = document.createRange();
  before.selectNodeContents(words);
  before.setEnd(clipped.startContainer, clipped.startOffset);
  const text = words.textContent;
  const offset = before.toString().length;
  const [first, last] = wholeWords(text, offset, offset + clipped.toString().length);
  const quote = {
    exact: text.slice(first, last),
    prefix: text.slice(Math.max(0, first - CONTEXT), first),
    suffix: text.slice(last, last + CONTEXT),
  };
  return { clause: words.closest("[data-clause]"), quote, range: clipped };
}

function hide() {
  tool().hidden = true;
  quoted = null;
}

/** Above the words with a mouse; below them with a finger, clear of the system's own menu. */
function show(found, isTouch) {
  quoted = found;
  const box = found.range.getBoundingClientRect();
  const element = tool();
  element.hidden = false;
  const above = box.top + scrollY - element.offsetHeight - 8;
  const top = isTouch || box.top < element.offsetHeight + 16 ? box.bottom + scrollY + 12 : above;
  const most = document.documentElement.clientWidth - element.offsetWidth - 8;
  element.style.top = `${top}px`;
  element.style.left = `${Math.max(8, Math.min(box.left + scrollX, most))}px`;
}

function use(propose) {
  if (!quoted) return;
  const { clause, quote } = quoted;
  getSelection().removeAllRanges();
  hide();
  if (canWrite()) {
    writeOn(clause.dataset.clause, quote, { propose });
    return;
  }
  const query = new URLSearchParams({
    wording: clause.dataset.wording,
    quote_exact: quote.exact,
    quote_prefix: quote.prefix,
    quote_suffix: quote.suffix,
  });
  if (propose) query.set("proposed_text", quote.exact);
  location.assign(`${config.compose}?${query}`);
}

export function startSelecting() {
  // Where nothing can be said any more, nothing is offered.
  if (!document.querySelector("[data-form-place]")) return;
  let isTouch = false;
  let timer = 0;
  document.addEventListener("pointerdown", (event) => {
    isTouch = event.pointerType === "touch";
  });
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const found = selected();
      if (found) show(found, isTouch);
      else if (!tool().contains(document.activeElement)) hide();
    }, 200);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !tool().hidden) hide();
  });
  // Pressing a button must not take the selection away before it is used.
  delegate(document, "pointerdown", "[data-tool]", (event) => event.preventDefault());
  delegate(document, "click", "[data-tool-comment]", () => use(false));
  delegate(document, "click", "[data-tool-propose]", () => use(true));
}
