import { createHash } from "node:crypto";
import { StandIn, standInToken, standInsIn } from "./stand-in";
import { isObject, requireKnown } from "./value";

/** Functions whose result tells more of a text than a text made up for it can. Those that want numbers or booleans refuse it themselves. */
const REVEALING =
  /^(?:compact|substr|regex|regexall|contains|index|startswith|endswith|strcontains|sort|parseint|(?:json|yaml|csv|base64|url)decode|textdecodebase64|cidr\w+|time\w+|formatdate|file\w*)$/;

/** Functions that make another text, or texts, of a text: of a made-up one, something that nothing would know again. */
const CHANGING =
  /^(?:replace|split|format|formatlist|title|trim\w*|strrev|sha\d+|md5|base64\w+|textencodebase64|uuidv5|urlencode)$/;

/** Refuses a call whose result depends on what only an apply knows. Throws `UnknownValueError`. */
export function refuseRevealing(name: string, values: readonly unknown[]): void {
  if (REVEALING.test(name)) requireKnown(...values);
  const [first, second] = values;
  // How many items a list has, it tells whatever they are.
  if (name === "length" && typeof first === "string") requireKnown(first);
  if (/^(?:length|keys|values)$/.test(name)) requireKnownKeys(first);
  if (name === "lookup") requireFound(first, second);
}

/** Two keys may turn out to be the same, and their order is not known. Throws `UnknownValueError`. */
export function requireKnownKeys(map: unknown): void {
  const keys = isObject(map) ? Object.keys(map) : [];
  if (keys.length > 1) requireKnown(keys);
}

/** Which key it is must be known, unless a map has that very one. Throws `UnknownValueError`. */
export function requireFound(map: unknown, key: unknown): void {
  if (!isObject(map)) return;
  const text = key instanceof StandIn ? key.text : key;
  if (typeof text === "string" && Object.hasOwn(map, text)) return;
  requireKnown(key, Object.keys(map));
}

/** The result of a call, or a stand-in for it where nothing in it tells any more what only an apply knows. */
export function knownAgain(name: string, values: readonly unknown[], result: unknown): unknown {
  if (!CHANGING.test(name)) return result;
  const [first, ...others] = addressesIn(values);
  if (first === undefined) return result;
  const kept = addressesIn([result]);
  const isKept = [first, ...others].every((address) => kept.includes(address));
  // A made-up text may lack the separator that the real one has.
  const isWhole = Array.isArray(result) && name === "split" && result.length === 1;
  return isKept && !isWhole ? result : madeOf(first, JSON.stringify([name, values.map(textOf)]));
}

function addressesIn(values: readonly unknown[]): readonly string[] {
  return values.flatMap((value) => {
    if (Array.isArray(value)) return addressesIn(value);
    const text = textOf(value);
    return typeof text === "string" ? standInsIn(text) : [];
  });
}

function textOf(value: unknown): unknown {
  return value instanceof StandIn ? value.text : value;
}

/** What is made of a value that only an apply knows. */
function madeOf(address: string, seed: string): StandIn {
  const id = createHash("sha256").update(seed).digest("hex").slice(0, 12);
  return new StandIn(
    address,
    (path) => madeOf(address, seed + path),
    () => standInToken(id),
  );
}
