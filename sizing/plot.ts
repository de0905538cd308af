import { type EChartsOption, init } from "echarts";
import { seriesOf } from "./plot-series";
import type { Simulation } from "./simulation";
import { toldCount, toldDuration } from "./quantities";
import type { Sizing, SizingRequest } from "./sizing";

/** Faces that most machines have; a picture brings none with it. */
const FONTS = "Helvetica, Arial, DejaVu Sans, sans-serif";

const WIDTH = 960;
const HEIGHT = 700;
const LEFT = 92;
const RIGHT = 32;

/** Draws rates, backlog and age one below the other, on one axis of time. */
export function plotSvg(request: SizingRequest, sizing: Sizing, simulation: Simulation): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height: HEIGHT });
  chart.setOption(optionOf(request, sizing, simulation));
  const svg = chart.renderToSVGString();
  // A chart that is left keeps the process from ending.
  chart.dispose();
  return `${svg.replaceAll(CHART_NUMBER, "zr-")}\n`;
}

/** The library numbers the charts of a process in their classes; a picture must not depend on that. */
const CHART_NUMBER = /\bzr\d+-/g;

function optionOf(request: SizingRequest, sizing: Sizing, simulation: Simulation): EChartsOption {
  const panels = panelsOf(request, sizing);
  const isRefused = sizing.refused >= 1;
  return {
    animation: false,
    backgroundColor: "#ffffff",
    textStyle: { fontFamily: FONTS },
    title: {
      text: titleOf(request),
      subtext: subtitleOf(sizing),
      left: 24,
      top: 14,
      textStyle: { fontSize: 20 },
      subtextStyle: { fontSize: 13, color: "#475569" },
    },
    legend: {
      top: 84,
      right: RIGHT,
      icon: "roundRect",
      itemHeight: 4,
      itemGap: 20,
      data: ["arrivals", ...(isRefused ? ["accepted"] : []), "drains"],
    },
    grid: panels.map(({ top, height }) => ({ top, height, left: LEFT, right: RIGHT })),
    xAxis: panels.map((_panel, gridIndex) => timeAxis(gridIndex, gridIndex === panels.length - 1, sizing)),
    yAxis: panels.map(({ name, axis }, gridIndex) => ({
      gridIndex,
      type: "value",
      name,
      nameTextStyle: { align: "left", fontWeight: "bold", color: "#1e293b", padding: [0, 0, 0, 24 - LEFT] },
      min: 0,
      splitNumber: 4,
      ...axis,
    })),
    series: seriesOf(request, isRefused, simulation),
  };
}

function titleOf({ load }: SizingRequest): string {
  return `${toldCount(load.consumers)} consumers, ${toldDuration(load.secondsPerMessage)} a message`;
}

function subtitleOf({ backlog, age, drained, refused }: Sizing): string {
  return [
    `Backlog up to ${toldCount(backlog.value)}`,
    `age up to ${toldDuration(age.value)}`,
    drained === undefined ? "never gone" : `gone ${toldDuration(drained.after)} after its peak`,
    ...(refused >= 1 ? [`${toldCount(refused)} refused with 429`] : []),
  ].join(", ");
}

/** A part of the picture: its place, and what its axis counts. */
interface Panel {
  readonly top: number;
  readonly height: number;
  readonly name: string;
  readonly axis: object;
}

function panelsOf({ maxAge = 0 }: SizingRequest, { age }: Sizing): readonly Panel[] {
  const counts = { axisLabel: { formatter: toldCount }, minInterval: 1 };
  const oldest = Math.max(age.value, maxAge, 1);
  const interval = timeInterval(oldest, 5);
  const ages = {
    axisLabel: { formatter: toldDuration },
    interval,
    max: Math.ceil(oldest / interval) * interval,
  };
  return [
    { top: 116, height: 184, name: "Messages a second", axis: counts },
    { top: 346, height: 134, name: "Backlog, messages", axis: counts },
    { top: 526, height: 126, name: "Age of the oldest message", axis: ages },
  ];
}

function timeAxis(gridIndex: number, isLowest: boolean, { seconds }: Sizing) {
  return {
    gridIndex,
    type: "value" as const,
    min: 0,
    max: seconds,
    interval: timeInterval(seconds, 10),
    axisLabel: { show: isLowest, formatter: toldDuration, showMaxLabel: false },
    axisTick: { show: isLowest },
  };
}

/** Seconds between marks, such as people count in. */
const TIME_INTERVALS = [
  0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200,
];

const DAY = 86_400;

function timeInterval(seconds: number, marks: number): number {
  const found = TIME_INTERVALS.find((interval) => seconds / interval <= marks);
  return found ?? Math.ceil(seconds / marks / DAY) * DAY;
}
