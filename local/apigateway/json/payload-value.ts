import { parseJson } from "./parse-json";

/** A payload as template values; what is no JSON, however lenient, is its text. */
export function payloadValue(body: string): unknown {
  const value = parseJson(body);
  return value === undefined ? body : value;
}
