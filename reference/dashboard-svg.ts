import { type EChartsOption, init, type LineSeriesOption } from "echarts";
import type { Annotation, SynthesizedDashboard, Widget } from "./dashboard-body";
import { isInAlarm, type Series, seriesOf } from "./dashboard-series";
import { SimulatedMetrics, WINDOW } from "./simulated-metrics";

/** Faces that most machines have; a picture brings none with it. */
const FONTS = "Helvetica, Arial, DejaVu Sans, sans-serif";

/** Pixels of a dashboard's column and row. */
const CELL = { width: 50, height: 46 };

const COLUMNS = 24;
const GAP = 5;

/** Where a graph stands in its widget. */
const INSET = { left: 66, right: 24, rightWithAxis: 52, topOfWide: 54, topOfNarrow: 68, bottom: 32 };

const COLOURS = {
  page: "#eef2f6",
  card: "#ffffff",
  border: "#cbd5e1",
  text: "#1e293b",
  faint: "#64748b",
  ok: "#15803d",
  okCard: "#f0fdf4",
  alarm: "#b91c1c",
  alarmCard: "#fef2f2",
};

/** The library numbers the charts of a process in their classes; a picture must not depend on that. */
const CHART_NUMBER = /\bzr\d+-/g;

/** Draws a dashboard's widgets, each at its place, as CloudWatch lays them out. */
export function dashboardSvg(dashboard: SynthesizedDashboard): string {
  const metrics = new SimulatedMetrics();
  const { widgets } = dashboard;
  const rows = Math.max(...widgets.map(({ y, height }) => y + height));
  const size = { width: COLUMNS * CELL.width + GAP, height: rows * CELL.height + GAP };
  const chart = init(null, null, { renderer: "svg", ssr: true, ...size });
  const graphs = widgets.filter(({ type }) => type === "metric").map((widget) => graphOf(widget, metrics));
  chart.setOption({
    animation: false,
    backgroundColor: COLOURS.page,
    textStyle: { fontFamily: FONTS },
    graphic: widgets.flatMap((widget) => [card(widget), ...chipsOf(widget, dashboard, metrics)]),
    title: widgets.map(titleOf),
    legend: graphs.map(legendOf),
    grid: graphs.map(gridOf),
    xAxis: graphs.map((graph, gridIndex) => timeAxis(graph, gridIndex)),
    yAxis: graphs.flatMap((graph, gridIndex) => [
      valueAxis(graph, gridIndex, false),
      valueAxis(graph, gridIndex, true),
    ]),
    series: graphs.flatMap(linesOf),
  } satisfies EChartsOption);
  const svg = chart.renderToSVGString();
  // A chart that is left keeps the process from ending.
  chart.dispose();
  return `${svg.replaceAll(CHART_NUMBER, "zr-")}\n`;
}

/** A graph of the whole width has its legend beside its title. */
function isWide({ width }: Place): boolean {
  return width > 600;
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function placeOf({ x, y, width, height }: Widget): Place {
  return {
    left: x * CELL.width + GAP,
    top: y * CELL.height + GAP,
    width: width * CELL.width - GAP,
    height: height * CELL.height - GAP,
  };
}

/** A graph with its values. */
interface Graph {
  readonly widget: Widget;
  readonly place: Place;
  readonly series: readonly Series[];
  readonly hasRight: boolean;
}

function graphOf(widget: Widget, metrics: SimulatedMetrics): Graph {
  const hasRight = widget.properties.yAxis?.right !== undefined;
  return { widget, place: placeOf(widget), series: seriesOf(widget, metrics), hasRight };
}

function gridOf({ place, hasRight }: Graph): Place {
  const { left, right, rightWithAxis, topOfWide, topOfNarrow, bottom } = INSET;
  const top = isWide(place) ? topOfWide : topOfNarrow;
  return {
    left: place.left + left,
    top: place.top + top,
    width: place.width - left - (hasRight ? rightWithAxis : right),
    height: place.height - top - bottom,
  };
}

function card(widget: Widget): object {
  const { left, top, width, height } = placeOf(widget);
  return rectangle({ x: left, y: top, width, height, r: 6 }, COLOURS.card, COLOURS.border);
}

function rectangle(shape: object, fill: string, stroke: string): object {
  return { type: "rect", silent: true, z: -1, shape, style: { fill, stroke, lineWidth: 1 } };
}

function titleOf(widget: Widget): object {
  const { left, top } = placeOf(widget);
  return {
    text: widget.properties.title,
    left: left + 8,
    top: top + 4,
    textStyle: { fontSize: 15, color: COLOURS.text },
  };
}

const CHIPS_A_ROW = 4;
const CHIP_HEIGHT = 24;

/** The state of each alarm, as an alarm widget shows it. */
function chipsOf(widget: Widget, { alarms }: SynthesizedDashboard, metrics: SimulatedMetrics): object[] {
  const { left, top, width } = placeOf(widget);
  const chipWidth = (width - 2 * 12 - (CHIPS_A_ROW - 1) * 6) / CHIPS_A_ROW;
  return (widget.properties.alarms ?? []).flatMap((arn, index) => {
    const alarm = alarms.get(arn);
    if (alarm === undefined) throw new Error(`${arn}: no such alarm in the stack`);
    const isOn = isInAlarm(alarm, metrics);
    const x = left + 12 + (index % CHIPS_A_ROW) * (chipWidth + 6);
    const y = top + 31 + Math.floor(index / CHIPS_A_ROW) * (CHIP_HEIGHT + 4);
    const colour = isOn ? COLOURS.alarm : COLOURS.ok;
    const shape = { x, y, width: chipWidth, height: CHIP_HEIGHT, r: 4 };
    const text = (at: object, words: string, weight: string, fill: string) => ({
      type: "text",
      silent: true,
      style: {
        ...at,
        y: y + CHIP_HEIGHT / 2,
        verticalAlign: "middle",
        text: words,
        fill,
        fontSize: 13,
        fontFamily: FONTS,
        fontWeight: weight,
      },
    });
    return [
      rectangle(shape, isOn ? COLOURS.alarmCard : COLOURS.okCard, colour),
      text({ x: x + 8 }, alarm.alarm_name.replace(/^auth-stack-/, ""), "normal", COLOURS.text),
      text({ x: x + chipWidth - 8, align: "right" }, isOn ? "In alarm" : "OK", "bold", colour),
    ];
  });
}

/** Names of lines are unique in the picture, and told without the graph's number. */
function nameOf({ widget }: Graph, { label }: Series): string {
  return `${widget.x},${widget.y}|${label}`;
}

function legendOf(graph: Graph): object {
  const { place, series } = graph;
  return {
    data: series.map((one) => ({
      name: nameOf(graph, one),
      // The library measures letters narrower than some faces have them.
      textStyle: { fontSize: 13, color: COLOURS.text, width: one.label.length * 7.6 },
    })),
    formatter: (name: string) => name.split("|")[1] ?? "",
    right: COLUMNS * CELL.width + GAP - place.left - place.width + 12,
    top: place.top + (isWide(place) ? 6 : 26),
    icon: "roundRect",
    itemHeight: 4,
    itemWidth: 18,
    itemGap: 14,
  };
}

/** The hour at which what is shown begins. */
const FIRST_HOUR = 9;

function timeAxis({ place }: Graph, gridIndex: number): object {
  return {
    gridIndex,
    type: "value",
    min: 0,
    max: WINDOW,
    interval: isWide(place) ? 900 : 3600,
    axisLabel: { fontSize: 12, color: COLOURS.faint, formatter: clock },
    axisLine: { lineStyle: { color: COLOURS.faint } },
    splitLine: { show: false },
  };
}

function clock(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  const hour = String(FIRST_HOUR + Math.floor(minutes / 60)).padStart(2, "0");
  return `${hour}:${String(minutes % 60).padStart(2, "0")}`;
}

function valueAxis(graph: Graph, gridIndex: number, isRight: boolean): object {
  const { left, right } = graph.widget.properties.yAxis ?? {};
  const axis = isRight ? right : left;
  const [least, most] = rangeOf(graph, isRight, axis?.min);
  const interval = niceInterval((most - least) / 4);
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
      color: COLOURS.faint,
      padding: isRight ? [0, 4 - INSET.rightWithAxis, 0, 0] : [0, 0, 0, 12 - INSET.left],
    },
    min: Math.floor(least / interval) * interval,
    max: Math.ceil(most / interval) * interval,
    interval,
    axisLabel: { fontSize: 12, color: COLOURS.faint, formatter: toldShort },
    splitLine: { show: !isRight, lineStyle: { color: "#e2e8f0" } },
  };
}

/** All that a side shows: its lines and its thresholds. */
function rangeOf({ series, widget }: Graph, isRight: boolean, min = 0): readonly [number, number] {
  const shown = series.filter((one) => one.isRight === isRight).flatMap(({ values }) => values);
  const thresholds = thresholdsOf(widget, isRight).map(({ value }) => value);
  return [Math.min(min, ...shown), Math.max(1, ...shown, ...thresholds.map((value) => value * 1.1))];
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

const WIDTHS = [4, 2.5, 1.5];

function linesOf(graph: Graph, gridIndex: number): LineSeriesOption[] {
  return graph.series.map((one, index) => {
    const isFirstOfSide = graph.series.findIndex(({ isRight }) => isRight === one.isRight) === index;
    return {
      name: nameOf(graph, one),
      type: "line",
      xAxisIndex: gridIndex,
      yAxisIndex: gridIndex * 2 + (one.isRight ? 1 : 0),
      showSymbol: false,
      color: one.colour,
      // What lies under another line is seen beside it.
      lineStyle: { width: WIDTHS[index] ?? 2 },
      data: one.values.map((value, at) => [(at + 1) * one.period, Number(value.toPrecision(6))]),
      ...(isFirstOfSide ? thresholdLines(graph, one.isRight) : {}),
    };
  });
}

function thresholdLines({ widget, hasRight }: Graph, isRight: boolean): Pick<LineSeriesOption, "markLine"> {
  return {
    markLine: {
      silent: true,
      symbol: "none",
      data: thresholdsOf(widget, isRight).map(({ label, value, color }) => ({
        yAxis: value,
        name: `${label} from ${toldShort(value)}`,
        lineStyle: { color, type: "dashed", width: 1.5 },
        label: {
          formatter: "{b}",
          position: hasRight && !isRight ? "insideStartTop" : "insideEndTop",
          color,
          fontSize: 12,
          fontWeight: "bold",
        },
      })),
    },
  };
}
