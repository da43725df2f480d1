// The sentences that the scripts of the reading pages say, from the page itself.

import { jsonData } from "../../lib/dom.js";

const words = jsonData("page-words") ?? {};
const language = document.documentElement.lang || "id";
const plural = new Intl.PluralRules(language);
const figures = new Intl.NumberFormat(language);

/** A sentence with its {names} filled in; numbers are written as the language writes them. */
export function say(name, values = {}) {
  const found = words[name] ?? name;
  const text = typeof found === "string" ? found : (found[plural.select(values.n)] ?? found.other);
  return text.replace(/\{(\w+)\}/g, (_, key) => {
    const value = values[key];
    return typeof value === "number" ? figures.format(value) : value;
  });
}

export const figure = (number) => figures.format(number);
