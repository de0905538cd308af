import type { IntegrationRequest } from "../../local/apigateway/integration-request";
import type { RequestTrace } from "../../local/apigateway/request-trace";
import {
  type Difference,
  jsonDifference,
  jsonTextDifference,
  partDifference,
  textDifference,
} from "./compare";
import { type ConformanceCase, InexpressibleCase } from "./conformance-case";
import type { HttpAnswer } from "./send-request";

/** What a request led to. */
export interface Observation {
  readonly answer: HttpAnswer;
  readonly trace: RequestTrace | undefined;
  /** The first request that the backend was sent. */
  readonly integrationRequest: IntegrationRequest | undefined;
  /** Events that the authorizer's function was called with. */
  readonly events: readonly unknown[];
  readonly stageName: string;
  readonly readMessages: (queueName: string | undefined) => Promise<unknown[]>;
}

type Check = (
  expected: never,
  seen: Observation,
  example: ConformanceCase,
) => Difference | Promise<Difference>;

/**
 * Compares what was seen with what a case expects.
 * @throws InexpressibleCase for an expectation that can't be checked.
 */
export async function checkExpectations(
  expectations: Readonly<Record<string, unknown>>,
  seen: Observation,
  example: ConformanceCase,
): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const [key, expected] of Object.entries(expectations)) {
    const check = Object.hasOwn(CHECKS, key) ? CHECKS[key] : undefined;
    if (check === undefined) throw new InexpressibleCase(`expect.${key} is unknown`);
    differences.push(await check(expected as never, seen, example));
  }
  return differences;
}

const CHECKS: Readonly<Record<string, Check>> = {
  status: (expected: number, { answer }) => jsonDifference("status", expected, answer.status),
  body: (expected: string, { answer }, { compare, expect }) => {
    const given = answer.body.toString("utf8");
    const alternatives = (expect.bodyAlternatives ?? []) as string[];
    const differences = [expected, ...alternatives].map((text) =>
      textDifference("body", text, given, compare),
    );
    return differences.includes(undefined) ? undefined : differences[0];
  },
  // Read by `body`.
  bodyAlternatives: () => undefined,
  bodyJson: (expected, { answer }) => jsonTextDifference("bodyJson", expected, answer.body.toString("utf8")),
  bodyJsonMatches: (expected, { answer }) => partDifference("bodyJsonMatches", expected, parsed(answer.body)),
  bodyPattern: (expected: string, { answer }) =>
    textDifference("bodyPattern", expected, answer.body.toString("utf8")),
  bodyRegexes: (expected: string[], { answer }) => {
    const missing = expected.find((source) => !new RegExp(source, "s").test(answer.body.toString("utf8")));
    return missing === undefined
      ? undefined
      : `body: does not match ${missing}: ${answer.body.toString("utf8")}`;
  },
  bodyBase64: (expected: string, { answer }) =>
    textDifference("bodyBase64", expected, answer.body.toString("base64")),
  headers: (expected: Record<string, string>, { answer }) =>
    headersDifference("headers", expected, answer.headers),
  headersPresent: (expected: string[], { answer }) => {
    const missing = expected.filter((name) => answer.headers[name.toLowerCase()] === undefined);
    return missing.length === 0 ? undefined : `headers: ${missing.join(", ")} missing`;
  },
  integrationBody: (expected: string, { integrationRequest }, { input }) =>
    textDifference(
      "integrationBody",
      expected === "<client body unchanged>" ? (input.body ?? "") : expected,
      integrationRequest?.body.toString() ?? "no request",
    ),
  integrationBodyJson: (expected, { integrationRequest }) =>
    jsonTextDifference("integrationBodyJson", expected, integrationRequest?.body.toString() ?? "no request"),
  integrationBodyBase64: (expected: string, { integrationRequest }) =>
    textDifference(
      "integrationBodyBase64",
      expected,
      integrationRequest === undefined
        ? "no request"
        : Buffer.from(integrationRequest.body).toString("base64"),
    ),
  integrationHeaders: (expected: Record<string, unknown>, { integrationRequest }) => {
    if (integrationRequest === undefined) return "integrationHeaders: no request";
    const mapped = Object.fromEntries(
      Object.entries(integrationRequest.headers).filter(
        ([name]) => Object.hasOwn(expected, name) || !ALWAYS_SENT.has(name.toLowerCase()),
      ),
    );
    return jsonDifference("integrationHeaders", expected, mapped);
  },
  integrationQuery: (expected, { integrationRequest }) =>
    jsonDifference("integrationQuery", expected, { ...integrationRequest?.query }),
  integrationUri: (expected: string, { integrationRequest }) =>
    textDifference("integrationUri", expected, integrationRequest?.uri ?? "no request"),
  matchedResource: (expected: string, { trace }) =>
    textDifference("matchedResource", expected, trace?.route?.resource ?? "none"),
  matchedMethod: (expected: string, { trace }) =>
    textDifference("matchedMethod", expected, trace?.route?.method ?? "none"),
  pathParameters: (expected, { trace }) =>
    mapDifference("pathParameters", expected, { ...trace?.route?.pathParameters }),
  contextPath: (expected: string, { trace, stageName }) =>
    textDifference("contextPath", expected.replace("{stage}", stageName), trace?.context.path ?? "none"),
  queryStringParameters: (expected, { trace }) => {
    const last = Object.entries(trace?.route?.query ?? {}).map(([name, values]) => [name, values.at(-1)]);
    const given = Object.fromEntries(last) as Record<string, string>;
    return mapDifference("queryStringParameters", expected, given);
  },
  multiValueQueryStringParameters: (expected, { trace }) =>
    mapDifference("multiValueQueryStringParameters", expected, trace?.route?.query ?? {}),
  backendStatus: (expected: number, { trace }) =>
    jsonDifference("backendStatus", expected, trace?.backend?.status),
  backendBody: (expected: string, { trace }, { compare }) =>
    textDifference("backendBody", expected, trace?.backend?.body ?? "none", compare),
  backendBodyJson: (expected, { trace }) =>
    jsonTextDifference("backendBodyJson", expected, trace?.backend?.body ?? "none"),
  error: (expected, { trace }) => {
    const body = parsed(trace?.backend?.body ?? "null") as { Error?: unknown } | null;
    return jsonDifference("error", expected, body?.Error);
  },
  queue: async (expected: { name?: string; body?: string }, { readMessages }) => {
    const { name, ...rest } = expected;
    const messages = await readMessages(name);
    const message = messages[0] as { Body?: string } | undefined;
    if (messages.length !== 1) return `queue: expected one message, got ${messages.length}`;
    return partDifference("queue", rest, { ...message, body: message?.Body });
  },
  otherQueueEmpty: async (expected: string, { readMessages }) => {
    const messages = await readMessages(expected);
    return messages.length === 0
      ? undefined
      : `otherQueueEmpty: ${expected} holds ${messages.length} messages`;
  },
  decision: (expected: string, { answer, events }) => {
    const decision = answer.status < 300 ? "allow" : (DECISIONS[answer.status] ?? "error");
    if (decision === "deny" && events.length === 0) return "decision: denied without asking the authorizer";
    return textDifference("decision", expected, decision);
  },
  context: (expected, { trace }) => partDifference("context", expected, trace?.context),
  lambdaInvoked: (expected: boolean, { events }) =>
    jsonDifference("lambdaInvoked", expected, events.length > 0),
  lambdaEvent: (expected, { events }) => jsonDifference("lambdaEvent", expected, events[0]),
  lambdaEventContains: (expected, { events }) => partDifference("lambdaEventContains", expected, events[0]),
};

const DECISIONS: Readonly<Record<number, string>> = { 401: "unauthorized", 403: "deny" };

/** A proxy event has null where a map is empty. */
function mapDifference(what: string, expected: unknown, actual: object): Difference {
  return expected === null && Object.keys(actual).length === 0
    ? undefined
    : jsonDifference(what, expected, actual);
}

/** What every backend is sent; a case names them only where they are its point. */
const ALWAYS_SENT: ReadonlySet<string> = new Set(["accept", "content-type", "user-agent"]);

function headersDifference(
  what: string,
  expected: Readonly<Record<string, string>>,
  actual: Readonly<Record<string, string>>,
): Difference {
  for (const [name, value] of Object.entries(expected)) {
    const difference = textDifference(`${what}.${name}`, value, actual[name.toLowerCase()] ?? "none");
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function parsed(text: Buffer | string): unknown {
  try {
    return JSON.parse(text.toString());
  } catch {
    return undefined;
  }
}
