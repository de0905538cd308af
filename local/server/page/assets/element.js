/** Makes an element; content is always text or elements, so nothing that a caller sent is ever read as HTML. */
export function element(tag, properties = {}, ...content) {
  return fill(document.createElement(tag), properties, content);
}

/** The same for SVG. */
export function svgElement(tag, properties = {}, ...content) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), properties, content);
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
