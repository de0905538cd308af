import { InexpressibleCase } from "./conformance-case";

/** What a case says in a key that the runner does not know must not be passed over. */
export function requireKnown(what: string, value: object, known: ReadonlySet<string>): void {
  for (const key of Object.keys(value)) {
    if (!known.has(key)) throw new InexpressibleCase(`${what}.${key} is unknown`);
  }
}
