import type { SynthesizedDashboard, Widget } from "./dashboard-body";
import { isInAlarm } from "./dashboard-series";
import type { SimulatedMetrics } from "./simulated-metrics";

/** Faces that most machines have; a picture brings none with it. */
export const FONTS = "Helvetica, Arial, DejaVu Sans, sans-serif";

/** Colours of all but the lines, which the dashboard's body says. */
export const DASHBOARD_COLOURS = {
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

const { card: CARD, border: BORDER, text: TEXT, ...STATES } = DASHBOARD_COLOURS;

/** Pixels of a dashboard's column and row. */
const CELL = { width: 50, height: 46 };

const COLUMNS = 24;
const GAP = 5;

/** A rectangle, in pixels. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Size of the picture. */
export function sizeOf(widgets: readonly Widget[]): Pick<Place, "width" | "height"> {
  const rows = Math.max(...widgets.map(({ y, height }) => y + height));
  return { width: COLUMNS * CELL.width + GAP, height: rows * CELL.height + GAP };
}

/** Where a widget stands. */
export function placeOf({ x, y, width, height }: Widget): Place {
  return {
    left: x * CELL.width + GAP,
    top: y * CELL.height + GAP,
    width: width * CELL.width - GAP,
    height: height * CELL.height - GAP,
  };
}

/** What is behind a widget. */
export function card(widget: Widget): object {
  const { left, top, width, height } = placeOf(widget);
  return rectangle({ x: left, y: top, width, height, r: 6 }, CARD, BORDER);
}

function rectangle(shape: object, fill: string, stroke: string): object {
  return { type: "rect", silent: true, z: -1, shape, style: { fill, stroke, lineWidth: 1 } };
}

/** A widget's title. */
export function titleOf(widget: Widget): object {
  const { left, top } = placeOf(widget);
  const textStyle = { fontSize: 15, color: TEXT };
  return { text: widget.properties.title, left: left + 8, top: top + 4, textStyle };
}

const CHIPS_A_ROW = 4;
const CHIP_HEIGHT = 24;

/** The state of each alarm, as an alarm widget shows it. */
export function chipsOf(
  widget: Widget,
  { alarms }: SynthesizedDashboard,
  metrics: SimulatedMetrics,
): object[] {
  const { left, top, width: widgetWidth } = placeOf(widget);
  const width = (widgetWidth - 2 * 12 - (CHIPS_A_ROW - 1) * 6) / CHIPS_A_ROW;
  return (widget.properties.alarms ?? []).flatMap((arn, index) => {
    const alarm = alarms.get(arn);
    if (alarm === undefined) throw new Error(`${arn}: no such alarm in the stack`);
    const place = {
      left: left + 12 + (index % CHIPS_A_ROW) * (width + 6),
      top: top + 31 + Math.floor(index / CHIPS_A_ROW) * (CHIP_HEIGHT + 4),
      width,
      height: CHIP_HEIGHT,
    };
    return chip(place, alarm.alarm_name, isInAlarm(alarm, metrics));
  });
}

function chip({ left, top, width, height }: Place, name: string, isOn: boolean): object[] {
  const colour = isOn ? STATES.alarm : STATES.ok;
  const style = { y: top + height / 2, verticalAlign: "middle", fontFamily: FONTS };
  const text = (more: object) => ({ type: "text", silent: true, style: { ...style, ...more } });
  return [
    rectangle({ x: left, y: top, width, height, r: 4 }, isOn ? STATES.alarmCard : STATES.okCard, colour),
    text({ x: left + 7, text: name, fill: TEXT, fontSize: 10 }),
    text({
      x: left + width - 7,
      align: "right",
      text: isOn ? "ALARM" : "OK",
      fill: colour,
      fontSize: 12,
      fontWeight: "bold",
    }),
  ];
}
