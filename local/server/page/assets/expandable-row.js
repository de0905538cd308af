import { element } from "./element.js";

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
  const button = element(
    "button",
    { type: "button", class: "toggle", "aria-controls": id, "aria-label": name },
    label,
  );
  const show = (shown) => {
    if (shown && place.childElementCount === 0) place.append(details());
    below.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
  };
  button.addEventListener("click", () => {
    show(below.hidden);
    onToggle?.(!below.hidden);
  });
  const [first, , ...rest] = cells;
  const above = element("tr", { class: "row" }, first, element("td", {}, button), rest);
  show(open);
  return [above, below];
}
