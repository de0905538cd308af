import type { LineSeriesOption } from "echarts";
import type { Annotation, Widget } from "./dashboard-body";
import { DASHBOARD_COLOURS, type Place, placeOf } from "./dashboard-cards";
import { type Series, seriesOf } from "./dashboard-series";
import { type SimulatedMetrics, WINDOW } from "./simulated-metrics";

/** Where a graph stands in its widget. */
const INSET = { left: 66, right: 24, rightWithAxis: 52, topOfWide: 54, topOfNarrow: 68, bottom: 32 };

/** Widths of the lines of the widest graph: what lies under another line is seen beside it. */
const WIDTHS = [5, 2, 3];

/** The hour at which what is shown begins. */
const FIRST_HOUR = 9;

const { text: TEXT, faint: FAINT } = DASHBOARD_COLOURS;

/** A graph with its values. */
export interface Graph {
  readonly widget: Widget;
  readonly place: Place;
  readonly series: readonly Series[];
  /** Has it an axis on the right? */
  readonly hasRight: boolean;
}

/** Reads what a widget shows. */
export function graphOf(widget: Widget, metrics: SimulatedMetrics): Graph {
  const hasRight = widget.properties.yAxis?.right !== undefined;
  return { widget, place: placeOf(widget), series: seriesOf(widget, metrics), hasRight };
}

/** A graph of the whole width has its legend beside its title. */
function isWide({ width }: Place): boolean {
  return width > 600;
}

/** Where the lines are. */
export function gridOf({ place, hasRight }: Graph): Place {
  const { left, right, rightWithAxis, topOfWide, topOfNarrow, bottom } = INSET;
  const top = isWide(place) ? topOfWide : topOfNarrow;
  return {
    left: place.left + left,
    top: place.top + top,
    width: place.width - left - (hasRight ? rightWithAxis : right),
    height: place.height - top - bottom,
  };
}

/** Names of lines are unique in the picture, and told without the graph's place. */
function nameOf({ widget }: Graph, { label }: Series): string {
  return `${widget.x},${widget.y}|${label}`;
}

/** The names of the lines, in the graph's right corner. */
export function legendOf(graph: Graph, pictureWidth: number): object {
  const { place, series } = graph;
  return {
    data: series.map((one) => nameOf(graph, one)),
    formatter: (name: string) => name.split("|")[1] ?? "",
    right: pictureWidth - place.left - place.width + (isWide(place) ? 24 : 12),
    top: place.top + (isWide(place) ? 6 : 26),
    icon: "roundRect",
    itemHeight: 4,
    itemWidth: 18,
    // The library measures letters narrower than some faces have them.
    itemGap: isWide(place) ? 32 : 16,
    textStyle: { fontSize: 13, color: TEXT },
  };
}

/** Three hours of a morning. */
export function timeAxis({ place }: Graph, gridIndex: number): object {
  return {
    gridIndex,
    type: "value",
    min: 0,
    max: WINDOW,
    interval: isWide(place) ? 900 : 3600,
    axisLabel: { fontSize: 12, color: FAINT, formatter: clock },
    axisLine: { lineStyle: { color: FAINT } },
    splitLine: { show: false },
  };
}

function clock(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  const hour = String(FIRST_HOUR + Math.floor(minutes / 60)).padStart(2, "0");
  return `${hour}:${String(minutes % 60).padStart(2, "0")}`;
}

/** The left or the right axis, which is not shown where the body has none. */
export function valueAxis(graph: Graph, gridIndex: number, isRight: boolean): object {
  const { left, right } = graph.widget.properties.yAxis ?? {};
  const axis = isRight ? right : left;
  return {
    gridIndex,
    type: "value",
    show: axis !== undefined,
    position: isRight ? "right" : "left",
    name: axis?.label,
    nameGap: 8,
    nameTextStyle: {
      align: isRight ? "right" : "left",
      fontSize: 12,
      color: FAINT,
      padding: isRight ? [0, 12 - INSET.rightWithAxis, 0, 0] : [0, 0, 0, 12 - INSET.left],
    },
    ...scaleOf(graph, isRight),
    axisLabel: { fontSize: 12, color: FAINT, formatter: toldShort },
    splitLine: { show: !isRight, lineStyle: { color: "#e2e8f0" } },
  };
}

/** Room for all that a side shows, its lines and its thresholds. */
function scaleOf({ series, widget }: Graph, isRight: boolean) {
  const shown = series.filter((one) => one.isRight === isRight).flatMap(({ values }) => values);
  const thresholds = thresholdsOf(widget, isRight).map(({ value }) => value * 1.1);
  const least = Math.min(0, ...shown);
  const most = Math.max(1, ...shown, ...thresholds);
  const interval = niceInterval((most - least) / 4);
  return {
    min: Math.floor(least / interval) * interval,
    max: Math.ceil(most / interval) * interval,
    interval,
  };
}

function thresholdsOf({ properties }: Widget, isRight: boolean): readonly Annotation[] {
  const all = properties.annotations?.horizontal ?? [];
  return all.filter(({ yAxis }) => (yAxis === "right") === isRight);
}

/** 1, 2 or 5 times a power of ten: what people count in. */
function niceInterval(atLeast: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(atLeast));
  return ([1, 2, 5, 10].find((factor) => factor * magnitude >= atLeast) ?? 10) * magnitude;
}

function toldShort(value: number): string {
  return Math.abs(value) >= 10_000 ? `${value / 1000} k` : String(Number(value.toPrecision(4)));
}

/** The lines of a graph, and its thresholds. */
export function linesOf(graph: Graph, gridIndex: number): LineSeriesOption[] {
  return graph.series.map((one, index) => {
    const isFirstOfSide = graph.series.findIndex(({ isRight }) => isRight === one.isRight) === index;
    return {
      name: nameOf(graph, one),
      type: "line",
      xAxisIndex: gridIndex,
      yAxisIndex: gridIndex * 2 + (one.isRight ? 1 : 0),
      showSymbol: false,
      color: one.colour,
      lineStyle: { width: (isWide(graph.place) ? WIDTHS[index] : undefined) ?? 2 },
      data: one.values.map((value, at) => [(at + 1) * one.period, Number(value.toPrecision(6))]),
      ...(isFirstOfSide ? { markLine: thresholdLines(graph, one.isRight) } : {}),
    };
  });
}

function thresholdLines(graph: Graph, isRight: boolean): NonNullable<LineSeriesOption["markLine"]> {
  return {
    silent: true,
    symbol: "none",
    data: thresholdsOf(graph.widget, isRight).map((threshold) => ({
      yAxis: threshold.value,
      name: threshold.label,
      lineStyle: { color: threshold.color, type: "dashed", width: 1.5 },
      label: {
        formatter: "{b}",
        position: isStartFree(graph, threshold, isRight) ? "insideStartTop" : "insideEndTop",
        color: threshold.color,
        fontSize: 12,
        fontWeight: "bold",
      },
    })),
  };
}

/** Share of a graph's width that a threshold's label takes, and of its height. */
const LABEL = { width: 0.32, height: 0.15 };

/** Does no line pass where the label would stand at the start? With two axes, each has its labels beside itself. */
function isStartFree(graph: Graph, { value }: Annotation, isRight: boolean): boolean {
  if (graph.hasRight) return !isRight;
  const { min, max } = scaleOf(graph, isRight);
  const top = value + (max - min) * LABEL.height;
  return graph.series.every(({ values }) => {
    const under = values.slice(0, values.length * LABEL.width);
    const [lowest, highest] = [Math.min(...under), Math.max(...under)];
    return highest < value || lowest > top;
  });
}
