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
  key: string,
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
    differences.push(await check(expected as never, seen, example, key));
  }
  return differences;
}

/** The one message that lies in a queue, the integration's own unless it is named. */
interface QueueExpectation {
  readonly name?: string;
  readonly body?: string;
}

/** Compares what an expectation's key names with one thing that was seen. */
function by<Actual>(
  compare: (what: string, expected: never, actual: Actual) => Difference,
  actual: (seen: Observation) => Actual,
): Check {
  return (expected, seen, _, key) => compare(key, expected, actual(seen));
}

const CHECKS: Readonly<Record<string, Check>> = {
  status: by(jsonDifference, ({ answer }) => answer.status),
  body: (expected: string, seen, { compare, expect }) => {
    const given = bodyText(seen);
    const alternatives = (expect.bodyAlternatives ?? []) as string[];
    const differences = [expected, ...alternatives].map((text) =>
      textDifference("body", text, given, compare),
    );
    return differences.includes(undefined) ? undefined : differences[0];
  },
  // Read by `body`.
  bodyAlternatives: () => undefined,
  bodyJson: by(jsonTextDifference, bodyText),
  bodyJsonMatches: by(partDifference, ({ answer }) => parsed(answer.body)),
  bodyPattern: by(textDifference, bodyText),
  bodyRegexes: (expected: string[], seen) => {
    const missing = expected.find((source) => !new RegExp(source, "s").test(bodyText(seen)));
    return missing && `body: does not match ${missing}: ${bodyText(seen)}`;
  },
  bodyBase64: by(textDifference, ({ answer }) => answer.body.toString("base64")),
  headers: by(headersDifference, ({ answer }) => answer.headers),
  headersPresent: (expected: string[], { answer }) => {
    const missing = expected.filter((name) => answer.headers[name.toLowerCase()] === undefined);
    return missing.length === 0 ? undefined : `headers: ${missing.join(", ")} missing`;
  },
  integrationBody: (expected: string, seen, { input }) => {
    const wanted = expected === "<client body unchanged>" ? (input.body ?? "") : expected;
    return textDifference("integrationBody", wanted, sentText(seen));
  },
  integrationBodyJson: by(jsonTextDifference, sentText),
  integrationBodyBase64: by(textDifference, ({ integrationRequest: sent }) =>
    sent === undefined ? "no request" : Buffer.from(sent.body).toString("base64"),
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
  integrationQuery: by(jsonDifference, ({ integrationRequest }) => ({ ...integrationRequest?.query })),
  integrationUri: by(textDifference, ({ integrationRequest }) => integrationRequest?.uri ?? "no request"),
  matchedResource: by(textDifference, ({ trace }) => trace?.route?.resource ?? "none"),
  matchedMethod: by(textDifference, ({ trace }) => trace?.route?.method ?? "none"),
  pathParameters: by(mapDifference, ({ trace }) => ({ ...trace?.route?.pathParameters })),
  contextPath: (expected: string, { trace, stageName }) =>
    textDifference("contextPath", expected.replace("{stage}", stageName), trace?.context.path ?? "none"),
  queryStringParameters: by(mapDifference, ({ trace }) => {
    const last = Object.entries(trace?.route?.query ?? {}).map(([name, values]) => [name, values.at(-1)]);
    return Object.fromEntries(last) as Record<string, string>;
  }),
  multiValueQueryStringParameters: by(mapDifference, ({ trace }) => trace?.route?.query ?? {}),
  backendStatus: by(jsonDifference, ({ trace }) => trace?.backend?.status),
  backendBody: (expected: string, { trace }, { compare }) =>
    textDifference("backendBody", expected, trace?.backend?.body ?? "none", compare),
  backendBodyJson: by(jsonTextDifference, ({ trace }) => trace?.backend?.body ?? "none"),
  error: by(jsonDifference, ({ trace }) => {
    const body = parsed(trace?.backend?.body ?? "null") as { Error?: unknown } | null;
    return body?.Error;
  }),
  queue: async (expected: QueueExpectation, { readMessages }) => {
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
  context: by(partDifference, ({ trace }) => trace?.context),
  lambdaInvoked: by(jsonDifference, ({ events }) => events.length > 0),
  lambdaEvent: by(jsonDifference, ({ events }) => events[0]),
  lambdaEventContains: by(partDifference, ({ events }) => events[0]),
};

function bodyText({ answer }: Observation): string {
  return answer.body.toString("utf8");
}

function sentText({ integrationRequest }: Observation): string {
  return integrationRequest?.body.toString() ?? "no request";
}

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
