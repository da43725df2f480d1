// The running board: keys for whoever runs a session, and what the others on the board did.

import { delegate, jsonData } from "../lib/dom.js";
import { connect } from "../lib/live.js";
import { showState } from "../lib/state.js";

const BOARD = /^(item|agreement|meeting)\./;
const config = jsonData("live-config");
const board = document.querySelector("[data-run-board]");

const isTyping = (element) => element?.matches("input, textarea, select, [contenteditable]");

// Keys act only while nobody types (WCAG 2.1.4), and do what the button with that key does.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  const button = board.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

// A second press while the first is under way would be a second act.
delegate(board, "submit", "form", (event, form) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "true";
});

/** Take over what another moderator did, but never what is being typed here. */
async function refresh() {
  const response = await fetch(location.href, { credentials: "same-origin" });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const typing = document.activeElement?.closest("section")?.id;
  for (const section of board.querySelectorAll("section[id]")) {
    const replacement = fresh.getElementById(section.id);
    const isBusy = section.id === typing && isTyping(document.activeElement);
    if (replacement && !isBusy) section.replaceWith(replacement);
  }
}

connect({
  ...config,
  onEvents: (events) => {
    if (events.some((event) => BOARD.test(event.type))) refresh();
  },
  onState: showState,
  onReset: refresh,
});
