// Small helpers for listening and for telling screen readers.

/**
 * Listen once on `root` for events of whatever matches `selector`, now or later.
 * `handler(event, element)` gets the element that matched. Returns a function that stops it.
 */
export function delegate(root, type, selector, handler, options) {
  const listener = (event) => {
    const element = event.target instanceof Element ? event.target.closest(selector) : null;
    if (element && root.contains(element)) handler(event, element);
  };
  root.addEventListener(type, listener, options);
  return () => root.removeEventListener(type, listener, options);
}

let region = null;
let clearing = 0;

/** Say `text` to screen readers when they are idle, without moving the focus. */
export function announce(text) {
  if (!region) {
    region = document.createElement("div");
    region.className = "ds-sr-only";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  // A change is what is read out: the same words twice need an empty moment between them, and a
  // region that is new needs one before its first words.
  clearTimeout(clearing);
  region.textContent = "";
  clearing = setTimeout(() => {
    region.textContent = text;
  }, 100);
}

/** The data that the server put into the page with json_script. */
export function jsonData(id) {
  const element = document.getElementById(id);
  return element ? JSON.parse(element.textContent) : null;
}

/** Markup that our own server rendered, as elements that are not in the page yet. */
export function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}
