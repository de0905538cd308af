import { CommandLineError } from "../errors/command-line-error";

/** Where a text stands, and how it is mended. */
export interface Place {
  readonly where: string;
  readonly mend: string;
}

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds of `90s`, `1.5h` or `200ms`; a number alone is seconds. */
export function readDuration(text: string, place: Place): number {
  const [, number = "", unit = "s"] = /^(\d*\.?\d+)\s*(ms|s|m|h|d)?$/.exec(text.trim()) ?? [];
  if (number !== "") return Number(number) * (SECONDS[unit] ?? 1);
  throw new CommandLineError({
    ...place,
    wrong: "is not a duration",
    got: JSON.stringify(text),
    allowed: "a number with ms, s, m, h or d is allowed",
  });
}

/** Messages a second of `50/s`, `3000/m` or `1e6/h`. */
export function readRate(text: string, place: Place): number {
  const [, number = "", unit = ""] = /^(\d*\.?\d+(?:e\d+)?)\s*\/\s*(s|m|h|d)$/.exec(text.trim()) ?? [];
  if (number !== "") return Number(number) / (SECONDS[unit] ?? 1);
  throw new CommandLineError({
    ...place,
    wrong: "is not a rate",
    got: JSON.stringify(text),
    allowed: "a number with /s, /m, /h or /d is allowed",
  });
}

/** A duration as people say it, in its two largest units: `2 h 46 min`. */
export function toldDuration(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  const parts = [
    [Math.floor(whole / 86_400), "d"],
    [Math.floor(whole / 3600) % 24, "h"],
    [Math.floor(whole / 60) % 60, "min"],
    [whole % 60, "s"],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}

/** A count as people read it: whole, its thousands apart. */
export function toldCount(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}

/** Messages a second, without decimals where there are many. */
export function toldRate(rate: number): string {
  return `${rate >= 100 ? toldCount(rate) : Number(rate.toFixed(2))}/s`;
}
