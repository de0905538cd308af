import fc from "fast-check";
import type { RawCall } from "./raw-exchange";

/** What one caller does, and what comes of it. */
export interface MalformedCall extends RawCall {
  /** Statuses of all answers, in their order; undefined where chance decides. */
  readonly statuses?: readonly number[];
  /** Bodies of the requests that are answered 200, in their order; undefined where chance decides. */
  readonly stored?: readonly string[];
}

/** A class of malformed requests: its name, how many are sent, and how one is made. */
export type MalformedClass = readonly [name: string, count: number, calls: fc.Arbitrary<MalformedCall>];

/** Not served: one answer, and nothing queued. */
export function refused(status: number, ...pieces: readonly Uint8Array[]): MalformedCall {
  return { pieces, statuses: [status], stored: [] };
}

/** Odd, and served all the same. */
export function served(body: string, ...pieces: readonly Uint8Array[]): MalformedCall {
  return { pieces, statuses: [200], stored: [body] };
}

/** JSON with characters of every length. */
export const anyDocument = fc
  .record({ text: fc.string({ unit: "grapheme" }) })
  .map((value) => JSON.stringify(value));

/** A call for each document and each of the values. */
export function each<Value>(
  values: readonly Value[] | fc.Arbitrary<Value>,
  make: (value: Value, body: string) => MalformedCall,
): fc.Arbitrary<MalformedCall> {
  const value = values instanceof fc.Arbitrary ? values : fc.constantFrom(...values);
  return fc.tuple(value, anyDocument).map((both) => make(...both));
}

/** Never the start of a request. */
export const noise = fc
  .tuple(
    fc.constantFrom("{", "<", "0", ":", "\0", "\x16", "\x80", "\xff", "?", "_"),
    fc.string({ unit: "binary-ascii", maxLength: 40 }),
  )
  .map(([first, rest]) => `${first}${rest}\r\n\r\n`);

/** Sizes of the pieces into which a body is cut. */
export const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 });
