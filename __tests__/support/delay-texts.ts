import fc from "fast-check";
import { anyHostileText } from "./hostile-bodies";

/** What becomes of a text that a request has where its delay is looked for. */
export type DelayOutcome = number | "the queue's own" | "refused";

/** What ought to become of it: worked out by numbers, where the template goes by patterns. */
export function expectedDelay(text: string, outOfRange: "refuse" | "clamp"): DelayOutcome {
  if (text === "") return "the queue's own";
  const [, sign = "", digits, zeros] = /^(-?)(\d+)(?:[.](\d+))?$/.exec(text) ?? [];
  if (digits === undefined || /[^0]/.test(zeros ?? "0")) return "refused";
  const seconds = BigInt(`${sign}${digits}`);
  const clamped = seconds < 0n ? 0 : seconds > 900n ? 900 : Number(seconds);
  return outOfRange === "clamp" || BigInt(clamped) === seconds ? clamped : "refused";
}

/** Texts that are nearly a delay, or would be one to a careless reader. */
export const DELAY_TEXTS: readonly string[] = [
  "0",
  "-0",
  "1",
  "5.0",
  "-0.00",
  "9",
  "10",
  "99",
  "100",
  "899",
  "900",
  "900.000",
  "901",
  "999",
  "1000",
  "-1",
  "-900",
  "-5.0",
  "007",
  "0000000000000000000000000000000000000000000000000900",
  "0000000000000000000000000000000000000000000000000901",
  "-0000000000000000000000000000000000000000000000000000",
  "2147483648",
  "4294967296",
  "18446744073709551616",
  "-18446744073709551615",
  "12345678901234567890123456789012345678901234567890",
  "-12345678901234567890123456789012345678901234567890",
  "abc",
  "1.5",
  "1.",
  ".5",
  "1e3",
  "1E2",
  "5.0E2",
  "0x10",
  "+5",
  "--5",
  "- 5",
  "5 5",
  "5s",
  "5,0",
  "1_0",
  "5&MessageBody=x",
  "5%26DelaySeconds=1",
  "5\u0000",
  "٣",
  "５",
  "²",
  "𝟓",
  "NaN",
  "Infinity",
  "null",
  "true",
  "[5]",
  "{a=5}",
  "$1",
  "$value",
  "#end",
  "5'",
  "5\\",
];

const digits = fc.string({ unit: fc.constantFrom(...Array.from("0123456789")), minLength: 1, maxLength: 40 });

/** Any text, often a number, or one that is nearly one. */
export const anyDelayText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -20, max: 920 }).map(String) },
  { weight: 2, arbitrary: digits },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom("-", "+", "", "0"), digits).map((parts) => parts.join("")),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(digits, fc.constantFrom(".0", ".000", ".", ".01", "e1", "E0")).map((p) => p.join("")),
  },
  {
    weight: 2,
    arbitrary: fc.string({ unit: fc.constantFrom(...Array.from("0123456789-+.eE &=%_٣５")), maxLength: 8 }),
  },
  { weight: 2, arbitrary: fc.constantFrom(...DELAY_TEXTS) },
  { weight: 2, arbitrary: anyHostileText },
);
