import { type EChartsOption, init } from "echarts";
import type { SynthesizedDashboard } from "./dashboard-body";
import { card, chipsOf, DASHBOARD_COLOURS, FONTS, sizeOf, titleOf } from "./dashboard-cards";
import { graphOf, gridOf, legendOf, linesOf, timeAxis, valueAxis } from "./dashboard-graph";
import { SimulatedMetrics } from "./simulated-metrics";

/** The library numbers charts, and the classes of all of them, through a process; a picture must not depend on that. */
const CHART_NUMBER = /\bzr\d+-/g;
const CLASS_NUMBER = /\bzr-cls-(\d+)/g;

/** Draws a dashboard's widgets with simulated metrics, each at its place, much as CloudWatch draws them. */
export function dashboardSvg(dashboard: SynthesizedDashboard): string {
  const metrics = new SimulatedMetrics();
  const { widgets } = dashboard;
  const size = sizeOf(widgets);
  const chart = init(null, null, { renderer: "svg", ssr: true, ...size });
  const graphs = widgets.filter(({ type }) => type === "metric").map((widget) => graphOf(widget, metrics));
  chart.setOption({
    animation: false,
    backgroundColor: DASHBOARD_COLOURS.page,
    textStyle: { fontFamily: FONTS },
    graphic: widgets.flatMap((widget) => [card(widget), ...chipsOf(widget, dashboard, metrics)]),
    title: widgets.map(titleOf),
    legend: graphs.map((graph) => legendOf(graph, size.width)),
    grid: graphs.map(gridOf),
    xAxis: graphs.map(timeAxis),
    yAxis: graphs.flatMap((graph, index) => [valueAxis(graph, index, false), valueAxis(graph, index, true)]),
    series: graphs.flatMap(linesOf),
  } satisfies EChartsOption);
  const svg = chart.renderToSVGString();
  // A chart that is left keeps the process from ending.
  chart.dispose();
  return `${withOwnNumbers(svg.replaceAll(CHART_NUMBER, "zr-"))}\n`;
}

function withOwnNumbers(svg: string): string {
  const numbers = new Map<string, number>();
  return svg.replace(CLASS_NUMBER, (_, number: string) => {
    if (!numbers.has(number)) numbers.set(number, numbers.size);
    return `zr-cls-${numbers.get(number)}`;
  });
}
