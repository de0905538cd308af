import { element, svgElement } from "./element.js";

/** Milliseconds that the chart spans: little at first, growing with what was seen. */
const shortest = 60 * 1000;
const longest = 5 * shortest;
const width = 300;
const height = 72;

const series = [
  { key: "visible", label: "Visible" },
  { key: "inFlight", label: "In flight" },
  { key: "delayed", label: "Delayed" },
];

/** A queue's depth over the last minutes, five at most, drawn anew with each look. */
export class DepthChart {
  constructor(queueName) {
    this.queueName = queueName;
    this.samples = [];
    this.lines = series.map(({ key }) => svgElement("polyline", { class: key }));
    this.svg = svgElement(
      "svg",
      { role: "img", viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none" },
      svgElement("line", { class: "axis", x1: 0, y1: height, x2: width, y2: height }),
      this.lines,
    );
    this.since = element("span");
    this.most = element("span", { class: "most" });
    this.values = series.map(() => element("dd", {}, "–"));
    this.node = element(
      "div",
      { class: "chart" },
      element(
        "dl",
        { class: "depths" },
        series.map(({ key, label }, index) =>
          element("div", { class: key }, element("dt", {}, label), this.values[index]),
        ),
      ),
      element("div", { class: "plot" }, this.svg, this.most),
      element("div", { class: "scale", "aria-hidden": "true" }, this.since, element("span", {}, "now")),
    );
  }

  add(time, depth) {
    this.samples.push({ time, depth });
    while (this.samples[0].time < time - longest) this.samples.shift();
    const span = Math.min(longest, Math.ceil((time - this.samples[0].time + 1) / shortest) * shortest);
    this.since.textContent = `${span / shortest} min ago`;
    const most = Math.max(1, ...this.samples.flatMap((sample) => series.map(({ key }) => sample.depth[key])));
    series.forEach(({ key }, index) => {
      this.values[index].textContent = depth[key].toLocaleString();
      this.lines[index].setAttribute("points", this.points(key, { now: time, span, most }));
    });
    this.most.textContent = most.toLocaleString();
    const now = series.map(({ key, label }) => `${label.toLowerCase()} ${depth[key]}`).join(", ");
    this.svg.setAttribute(
      "aria-label",
      `Depth of ${this.queueName}: ${now}; at most ${most} in ${span / shortest} min`,
    );
  }

  /** Steps, not slopes: a count holds until the next look. */
  points(key, { now, span, most }) {
    const x = (time) => (width - ((now - time) / span) * width).toFixed(1);
    const y = (count) => (height - (count / most) * (height - 4) - 1).toFixed(1);
    return this.samples
      .flatMap(({ time, depth }, index) => {
        const before = this.samples[index - 1];
        const point = `${x(time)},${y(depth[key])}`;
        return before === undefined ? [point] : [`${x(time)},${y(before.depth[key])}`, point];
      })
      .join(" ");
  }
}
