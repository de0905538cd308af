import type { JsonObject } from "./json-values";
import type { MessageAttribute } from "./message";
import { requestedQueue } from "./queue-urls";
import { type InputShape, type PairsShape, SQS_ACTIONS } from "./sqs-actions";
import type { SqsCall, SqsRequest } from "./sqs-call";
import { SqsError, invalidParameterValue } from "./sqs-error";

/**
 * Reads a request in the Query protocol: its parameters stand in the query string, the form-encoded body, or both.
 * @returns `undefined` when it names no action.
 * @throws SqsError
 */
export function readQueryCall(contentType: string, request: SqsRequest): SqsCall | undefined {
  const form = contentType.startsWith("application/x-www-form-urlencoded") ? request.body : "";
  const parameters = parseQueryParameters(request.query ?? "", form);
  const action = request.action ?? parameters.get("Action");
  if (action === undefined || action === "") return undefined;
  const shape = SQS_ACTIONS.get(action);
  if (shape === undefined) {
    throw new SqsError("InvalidAction", `The action ${action} is not valid for this endpoint.`);
  }
  const queue = shape.withoutQueue ? undefined : requestedQueue(parameters.get("QueueUrl"), request);
  return { action, shape, input: queryToJsonInput(shape.input, parameters), ...(queue && { queue }) };
}

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
  return gatherMembers(
    parameters,
    names,
    () => new Map<string, string>(),
    (member, key, value) => member.set(key, value),
  );
}

/** Members in the order of their numbers, each made by `make` and given its keys by `put`. */
function gatherMembers<Member>(
  parameters: QueryParameters,
  names: readonly string[],
  make: () => Member,
  put: (member: Member, key: string, value: string) => void,
): Member[] {
  const members = new Map<number, Member>();
  for (const [key, value] of parameters) {
    const start = lengthOfPrefix(key, names);
    if (start === 0) continue;
    const dot = key.indexOf(".", start + 1);
    const number = Number(key.slice(start + 1, dot === -1 ? undefined : dot));
    if (!Number.isInteger(number) || number < 1) {
      throw new SqsError("MalformedInput", `Key ${key} has no number where its list needs one.`);
    }
    let member = members.get(number);
    if (member === undefined) members.set(number, (member = make()));
    put(member, dot === -1 ? "" : key.slice(dot + 1), value);
  }
  if (members.size < 2) return [...members.values()];
  return [...members].sort(([a], [b]) => a - b).map(([, member]) => member);
}

/** Length of the name before a key's first number: 0 where the key is of no list of these names. */
function lengthOfPrefix(key: string, names: readonly string[]): number {
  for (const name of names) if (key[name.length] === "." && key.startsWith(name)) return name.length;
  return 0;
}

/**
 * Turns the parameters of a Query-protocol request into the same action's input in the AWS JSON protocol. Parameters
 * that the action does not have are ignored, as SQS ignores them.
 * @throws SqsError for a parameter that cannot be read.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html
 */
export function queryToJsonInput(shape: InputShape, parameters: QueryParameters): JsonObject {
  const input: JsonObject = {};
  for (const name of shape.strings ?? []) {
    const value = parameters.get(name);
    if (value !== undefined) input[name] = value;
  }
  for (const name of shape.integers ?? []) {
    const value = parameters.get(name);
    if (value !== undefined) input[name] = readInteger(name, value);
  }
  for (const name in shape.lists) {
    const values = readList(parameters, name);
    if (values.length > 0) input[shape.lists[name] ?? name] = values;
  }
  for (const name in shape.pairs) {
    const pairs = shape.pairs[name];
    if (pairs !== undefined) addPairs(input, parameters, name, pairs);
  }
  if (shape.message === true) addMessageAttributes(input, parameters);
  if (shape.batch !== undefined) {
    const { name, entry } = shape.batch;
    input.Entries = numberedMembers(parameters, [name]).map((member) => queryToJsonInput(entry, member));
  }
  return input;
}

const INTEGER = /^[+-]?\d{1,10}$/;

function readInteger(name: string, value: string): number {
  if (INTEGER.test(value)) return Number(value);
  throw invalidParameterValue(`Value ${value} for parameter ${name} is invalid. Reason: Must be an integer.`);
}

function readList(parameters: QueryParameters, name: string): string[] {
  // SQS takes a list of one without its number, too.
  const single = parameters.get(name);
  const numbered = numberedMembers(parameters, [name]).map((member) => member.get("") ?? "");
  return single === undefined ? numbered : [single, ...numbered];
}

function addPairs(input: JsonObject, parameters: QueryParameters, name: string, shape: PairsShape): void {
  const pairs = numberedMembers(parameters, [name]).map(
    (member) => [member.get(shape.key) ?? "", member.get(shape.value) ?? ""] as const,
  );
  if (pairs.length > 0) input[shape.member] = Object.fromEntries(pairs);
}

function addMessageAttributes(input: JsonObject, parameters: QueryParameters): void {
  for (const [name, plural] of ATTRIBUTE_LISTS) {
    if (hasKeyOf(parameters, name)) input[plural] = readAttributes(parameters, [name, plural]);
  }
}

const ATTRIBUTE_LISTS = [
  ["MessageAttribute", "MessageAttributes"],
  ["MessageSystemAttribute", "MessageSystemAttributes"],
] as const;

function hasKeyOf(parameters: QueryParameters, name: string): boolean {
  for (const key of parameters.keys()) if (key.startsWith(name)) return true;
  return false;
}

function readAttributes(
  parameters: QueryParameters,
  names: readonly string[],
): Record<string, MessageAttribute> {
  const members = gatherMembers(parameters, names, newAttribute, putAttribute);
  if (members.some(({ isList }) => isList)) {
    throw new SqsError(
      "UnsupportedOperation",
      "Message attribute list values in SendMessage operation are not supported.",
    );
  }
  const seen = new Set<string>();
  for (const { name } of members) {
    // Keeping one of two would change the message.
    if (seen.has(name)) {
      throw invalidParameterValue(`Message (user) attribute name '${name}' is used more than once.`);
    }
    seen.add(name);
  }
  return Object.fromEntries(members.map(({ name, attribute }) => [name, attribute]));
}

interface NumberedAttribute {
  name: string;
  readonly attribute: MessageAttribute;
  isList: boolean;
}

function newAttribute(): NumberedAttribute {
  return { name: "", attribute: {}, isList: false };
}

function putAttribute(member: NumberedAttribute, key: string, value: string): void {
  if (key === "Name") member.name = value;
  else if (key === "Value.DataType") member.attribute.DataType = value;
  else if (key === "Value.StringValue") member.attribute.StringValue = value;
  else if (key === "Value.BinaryValue") member.attribute.BinaryValue = value;
  else if (key.startsWith("Value.StringListValue") || key.startsWith("Value.BinaryListValue")) {
    member.isList = true;
  }
}
