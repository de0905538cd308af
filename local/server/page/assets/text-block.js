import { element } from "./element.js";

/** A text exactly as it is, with its title; scrolls by keyboard too. */
export function textBlock(title, text) {
  return element(
    "figure",
    { class: "text" },
    element("figcaption", {}, title),
    element("pre", { tabindex: "0", role: "region", "aria-label": title }, text === "" ? "(empty)" : text),
  );
}

/** Names and values. */
export function pairsTable(title, pairs) {
  if (pairs.length === 0) return undefined;
  return element(
    "table",
    { class: "pairs" },
    element("caption", {}, title),
    element(
      "thead",
      { class: "hidden" },
      element("tr", {}, element("th", { scope: "col" }, "Name"), element("th", { scope: "col" }, "Value")),
    ),
    element(
      "tbody",
      {},
      pairs.map(([name, value]) =>
        element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, String(value))),
      ),
    ),
  );
}
