/** Makes an element; content is always text or elements, so nothing that a caller sent is ever read as HTML. */
export function element(tag, properties = {}, ...content) {
  return fill(document.createElement(tag), properties, content);
}

/** The same for SVG. */
export function svgElement(tag, properties = {}, ...content) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), properties, content);
}

/** A button; its name tells it from others with the same label. */
export function button(label, name, onclick, properties = {}) {
  return element("button", { type: "button", "aria-label": name, onclick, ...properties }, label);
}

/** The element of the page with this id. */
export function byId(id) {
  return document.getElementById(id);
}

function fill(node, properties, content) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...content.flat(Infinity).filter((part) => part !== undefined && part !== false));
  return node;
}

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
    tableHead(["Name", "Value"], { class: "hidden" }),
    element(
      "tbody",
      {},
      pairs.map(([name, value]) =>
        element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, String(value))),
      ),
    ),
  );
}

/** The titles of a table's columns. */
export function tableHead(titles, properties = {}) {
  const cells = titles.map((title) => element("th", { scope: "col" }, title));
  return element("thead", properties, element("tr", {}, cells));
}

let count = 0;

/**
 * Two rows of a table: one whose button, the content of its second cell, shows and hides the other. Details are made when
 * they are first shown. The name tells the button from others with the same label.
 */
export function expandableRow({ cells, label, name, open = false, onToggle, details }) {
  count += 1;
  const id = `details-${count}`;
  const place = element("td", { colspan: String(cells.length) });
  const below = element("tr", { id, class: "details", hidden: true }, place);
  const onclick = () => {
    show(below.hidden);
    onToggle?.(!below.hidden);
  };
  const toggle = button(label, name, onclick, { class: "toggle", "aria-controls": id });
  const show = (shown) => {
    if (shown && place.childElementCount === 0) place.append(details());
    below.hidden = !shown;
    toggle.setAttribute("aria-expanded", String(shown));
  };
  const [first, , ...rest] = cells;
  const above = element("tr", { class: "row" }, first, element("td", {}, toggle), rest);
  show(open);
  return [above, below];
}

/** Says for screen readers what an action did. */
export function announce(text) {
  byId("announcement").textContent = text;
}
