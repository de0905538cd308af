import { SqsError } from "./sqs-error";

/** The decoded parameters of a request in the AWS Query protocol. */
export type QueryParameters = ReadonlyMap<string, string>;

/**
 * Decodes form-encoded text: a query string, or a body of type `application/x-www-form-urlencoded`.
 *
 * Of a repeated parameter the first one counts, so that text that a template appends unencoded cannot replace what
 * stands before it. How SQS chooses is not documented.
 * @throws SqsError MalformedQueryString where decoding would have to guess: a `%` without two hexadecimal digits, or
 * bytes that are not UTF-8. A guess would change a message.
 */
export function parseQueryParameters(...texts: readonly string[]): QueryParameters {
  const parameters = new Map<string, string>();
  for (const text of texts) addParameters(parameters, text);
  return parameters;
}

function addParameters(parameters: Map<string, string>, text: string): void {
  for (let start = 0; start < text.length;) {
    const ampersand = text.indexOf("&", start);
    const end = ampersand === -1 ? text.length : ampersand;
    if (end > start) addParameter(parameters, text.slice(start, end));
    start = end + 1;
  }
}

function addParameter(parameters: Map<string, string>, pair: string): void {
  const equals = pair.indexOf("=");
  const name = decode(equals === -1 ? pair : pair.slice(0, equals));
  if (!parameters.has(name)) parameters.set(name, equals === -1 ? "" : decode(pair.slice(equals + 1)));
}

function decode(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    throw new SqsError("MalformedQueryString", "The query string contains a syntax error.", 404);
  }
}

/**
 * The members of a numbered list, in the order of their numbers: for `Tag.1.Key=a&Tag.1.Value=b`, `Tag` gives one
 * member with `Key` and `Value`; a plain list member (`AttributeName.1=All`) has its value under the empty name.
 */
export function numberedMembers(parameters: QueryParameters, names: readonly string[]): QueryParameters[] {
  const members = new Map<number, Map<string, string>>();
  for (const [key, value] of parameters) {
    const prefix = names.find((name) => key.startsWith(name) && key[name.length] === ".");
    if (prefix === undefined) continue;
    const dot = key.indexOf(".", prefix.length + 1);
    const number = Number(key.slice(prefix.length + 1, dot === -1 ? undefined : dot));
    if (!Number.isInteger(number) || number < 1) {
      throw new SqsError("MalformedInput", `Key ${key} has no number where its list needs one.`);
    }
    const member = members.get(number) ?? new Map<string, string>();
    members.set(number, member.set(dot === -1 ? "" : key.slice(dot + 1), value));
  }
  return [...members].sort(([a], [b]) => a - b).map(([, member]) => member);
}
