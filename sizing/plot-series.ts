import type { LineSeriesOption } from "echarts";
import type { Simulation, Step } from "./simulation";
import { toldDuration } from "./quantities";
import type { SizingRequest } from "./sizing";

/** The picture has about as many points as it is wide. */
const POINTS = 600;

/** Share of a value by which a point may lie beside the line of its neighbours: what calculating leaves, and no bend. */
const STRAIGHT = 1e-9;

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

type Point = [at: number, value: number];

/** The steps in so many parts as there are points; where the line is straight, its ends are enough. */
function pointsOf({ step, steps }: Simulation, valueOf: (part: readonly Step[]) => number): Point[] {
  const size = Math.ceil(steps.length / POINTS);
  const values = Array.from({ length: Math.ceil(steps.length / size) }, (_, index) =>
    valueOf(steps.slice(index * size, (index + 1) * size)),
  );
  return values.flatMap((value, index): Point[] => {
    const before = values[index - 1];
    const after = values[index + 1];
    const isEnd = before === undefined || after === undefined;
    const isStraight = !isEnd && Math.abs(value - (before + after) / 2) <= Math.abs(value) * STRAIGHT;
    return isStraight ? [] : [[round(index * size * step), round(value)]];
  });
}

function sumOf(part: readonly Step[], key: keyof Step): number {
  return part.reduce((sum, step) => sum + step[key], 0);
}

/** Digits that nobody sees would differ between machines. */
function round(value: number): number {
  return Number(value.toPrecision(6));
}

function lineOf(name: Exclude<keyof typeof COLOURS, "limit">, panel: number, data: Point[]) {
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
      label: { formatter: "{b}", position: "insideStartTop", color: COLOURS.limit },
    },
  };
}
