// The state of the line, in words (templates/partials/_live_state.html).

/** Show `state` ("on", "reconnecting", "offline") and how many entries are missing, if known. */
export function showState(state, behind = null) {
  for (const element of document.querySelectorAll("[data-live-state]")) {
    const { textOn, textReconnecting, textOffline, textBehind } = element.dataset;
    const words = { on: textOn, reconnecting: textReconnecting, offline: textOffline }[state];
    const count = behind ? textBehind?.replace("{n}", behind) : "";
    const text = count ? `${words} · ${count}` : words;
    // It is a status: whatever is written is read out, also the same words again.
    if (element.textContent !== text) element.textContent = text;
    element.dataset.live = state;
    element.hidden = false;
  }
}
