import type { HmacSignature } from "../sender";

/** A time as a sender writes it. */
export function timestampText(
  milliseconds: number,
  unit: HmacSignature["timestampUnit"] = "seconds",
): string {
  if (unit === "iso8601") return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
  return String(unit === "seconds" ? Math.floor(milliseconds / 1000) : milliseconds);
}

const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** A sender's time in milliseconds; NaN where it is none, or one with more or less than belongs to it. */
export function timestampOf(text: string, unit: HmacSignature["timestampUnit"] = "seconds"): number {
  if (unit === "iso8601") return ISO_8601.test(text) ? Date.parse(text) : NaN;
  if (!/^\d{1,15}$/.test(text)) return NaN;
  return unit === "seconds" ? Number(text) * 1000 : Number(text);
}
