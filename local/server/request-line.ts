import { oneLine } from "../../errors/printable";
import type { RequestTrace } from "../apigateway/request-trace";
import { invokedFunction } from "../terraform/lambda-uri";
import { s3Target } from "../terraform/s3-target";

/** Characters of a path and of a failure that are shown. */
const LONGEST = { path: 120, failure: 300 };

/**
 * One request in one line for a terminal: time, method, path, status, milliseconds, then the message's id or what failed.
 * Neither its query nor its secrets are in it.
 */
export function requestLine(stack: string, trace: RequestTrace, secrets: readonly string[]): string {
  const { receivedAt, request, response, timings, backend } = trace;
  const time = timeOfDay(new Date(receivedAt));
  const path = shortened(`/${stack}${request.path}`, LONGEST.path);
  const took = `${(timings.answer ?? 0).toFixed(1)} ms`;
  const outcome = shortened(failureOf(trace) ?? whatItCameTo(backend), LONGEST.failure);
  const line = `${time} ${request.method} ${path} ${response.status} ${took} ${outcome}`;
  return oneLine(secretMask(secrets)(line)).trimEnd();
}

/** Why a request got no message to SQS, or a 5xx although it did. */
export function failureOf({
  error,
  backend,
  response,
  integrationRequest,
}: RequestTrace): string | undefined {
  if (error !== undefined) {
    return error.cause === undefined ? error.message : `${error.message} (${error.cause.replace(/\.$/, "")})`;
  }
  if (integrationRequest === undefined || backend === undefined) return undefined;
  if (invokedFunction(integrationRequest.uri) !== undefined) {
    return response.status < 500 ? undefined : `The function's answer became ${response.status}`;
  }
  const isMock = integrationRequest.uri === "";
  if (backend.status >= 300 && !isMock) return refusalOf(integrationRequest.uri, backend);
  if (response.status < 500) return undefined;
  return `${isMock ? "The mock integration" : serviceOf(integrationRequest.uri)} answered ${backend.status}, which the integration response made ${response.status}`;
}

function serviceOf(uri: string): "SQS" | "S3" {
  return s3Target(uri) === undefined ? "SQS" : "S3";
}

/** Error answers are XML or JSON. */
function refusalOf(uri: string, { status, body }: NonNullable<RequestTrace["backend"]>): string {
  const code = /(?:<Code>|"(?:Code|__type)"\s*:\s*")([^<"]*)/.exec(body)?.[1]?.replace(/^.*#/, "");
  const service = serviceOf(uri);
  if (code === undefined) return `${service} answered ${status}`;
  const queue = /:path\/.*?\/([\w.-]+)$/.exec(uri)?.[1];
  if (/NonExistentQueue$|^QueueDoesNotExist$/.test(code)) {
    return `SQS has no queue ${queue ?? "of this name"}`;
  }
  const message = /(?:<Message>|"[Mm]essage"\s*:\s*")([^<"]*)/.exec(body)?.[1];
  return `${service} answered ${code}${message === undefined ? "" : `: ${withoutValue(message)}`}`;
}

/** SQS quotes a value that it refuses: it may come from a header, and has no place in a terminal's lines. */
function withoutValue(message: string): string {
  return message.replace(/^Value .* for parameter /s, "Value *** for parameter ");
}

/** The message's id, or the object. */
function whatItCameTo(backend: RequestTrace["backend"]): string {
  const { bucket, key } = (backend?.sent ?? {}) as { bucket?: unknown; key?: unknown };
  if (typeof bucket === "string" && typeof key === "string") return `${bucket}/${key}`;
  return messageIds(backend?.body ?? "");
}

/** SQS's answers are XML or JSON; a batch has several. */
function messageIds(body: string): string {
  const ids = [...body.matchAll(/MessageId(?:>|"\s*:\s*")([\w-]+)/g)].map(([, id]) => id);
  return ids.length > 1 ? `${ids.length} messages` : (ids[0] ?? "");
}

/** With what begins a line for a terminal. */
export function timeOfDay(when: Date): string {
  return when.toLocaleTimeString([], { hour12: false });
}

/** At most so many characters of a text. */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/**
 * Puts `***` wherever one of the secrets stands in a text, also as a part of it or URL-encoded. A secret of less than four
 * characters is masked only where it is the whole text.
 */
export function secretMask(secrets: readonly string[]): (text: string) => string {
  const forms = secretForms(secrets);
  return (text) => {
    let result = text;
    for (const form of forms) {
      if (result === form) return "***";
      if (form.length >= 4) result = result.replaceAll(form, "***");
    }
    return result;
  };
}

function secretForms(secrets: readonly string[]): string[] {
  const plain = secrets.flatMap((secret) => [secret, secret.replace(/^\w+ +/, "")]);
  const forms = new Set(
    plain.flatMap((text) => [
      text,
      encodeURIComponent(text.toWellFormed()),
      JSON.stringify(text).slice(1, -1),
    ]),
  );
  // The longest first: a part of it must not be replaced before.
  return [...forms].filter((text) => text !== "").sort((a, b) => b.length - a.length);
}
