import type { LineSeriesOption } from "echarts";
import type { Simulation, Step } from "./simulation";
import { toldDuration } from "./quantities";
import type { SizingRequest } from "./sizing";

/** The picture has about as many points as it is wide. */
const POINTS = 600;

const COLOURS = {
  arrivals: "#c2410c",
  accepted: "#a16207",
  drains: "#0f766e",
  backlog: "#1d4ed8",
  age: "#7e22ce",
  limit: "#b91c1c",
};

/** The lines of the three panels, rates, backlog and age. */
export function seriesOf(
  { maxAge }: SizingRequest,
  isRefused: boolean,
  simulation: Simulation,
): LineSeriesOption[] {
  const rates = (key: keyof Step) =>
    pointsOf(simulation, (part) => sumOf(part, key) / (part.length * simulation.step));
  const highest = (key: keyof Step) =>
    pointsOf(simulation, (part) => Math.max(...part.map((step) => step[key])));
  return [
    lineOf("arrivals", 0, rates("arrived")),
    ...(isRefused ? [lineOf("accepted", 0, rates("accepted"))] : []),
    lineOf("drains", 0, rates("received")),
    lineOf("backlog", 1, highest("waiting")),
    { ...lineOf("age", 2, highest("age")), ...(maxAge === undefined ? {} : limitAt(maxAge)) },
  ];
}

/** The steps in so many parts as there are points. */
function pointsOf(
  { step, steps }: Simulation,
  valueOf: (part: readonly Step[]) => number,
): [number, number][] {
  const size = Math.ceil(steps.length / POINTS);
  return Array.from({ length: Math.ceil(steps.length / size) }, (_, index) => [
    round(index * size * step),
    round(valueOf(steps.slice(index * size, (index + 1) * size))),
  ]);
}

function sumOf(part: readonly Step[], key: keyof Step): number {
  return part.reduce((sum, step) => sum + step[key], 0);
}

/** Digits that nobody sees would differ between machines. */
function round(value: number): number {
  return Number(value.toPrecision(6));
}

function lineOf(name: Exclude<keyof typeof COLOURS, "limit">, panel: number, data: [number, number][]) {
  return {
    name,
    type: "line" as const,
    xAxisIndex: panel,
    yAxisIndex: panel,
    showSymbol: false,
    color: COLOURS[name],
    lineStyle: { width: 1.5 },
    areaStyle: { opacity: 0.12 },
    data,
  };
}

function limitAt(age: number): Pick<LineSeriesOption, "markLine"> {
  return {
    markLine: {
      symbol: "none",
      data: [{ yAxis: age, name: `limit ${toldDuration(age)}` }],
      lineStyle: { color: COLOURS.limit },
      label: { formatter: "{b}", position: "insideEndTop", color: COLOURS.limit },
    },
  };
}
