/** One request on which an emulator can be right or wrong about AWS. Answers are written as {@link answerOf} words them. */
export interface Point {
  readonly name: string;
  /** @default "no-auth-stack" */
  readonly stack?: "auth-stack" | "no-auth-stack";
  /** @default "POST" */
  readonly method?: string;
  /** @default "/prod/sqs" */
  readonly path?: string;
  /** Beside a content type of `application/json`, which a `Content-Type` here replaces. */
  readonly headers?: Readonly<Record<string, string>>;
  /** @default the README's first message */
  readonly body?: string;
  readonly aws: string;
  /** How AWS's answer is known: `recorded` in a test that ran on AWS, `observed` in pasted output, or `documented`. */
  readonly known: "recorded" | "observed" | "documented";
  /** LocalStack's answer where it is not AWS's. */
  readonly localStack?: string;
}

/** LocalStack's version that the points are about: the one in `.ci/requirements/localstack.in`. */
export const LOCALSTACK_VERSION = "4.13.1";

export const README_BODY = '{"status": "ok"}';

const TOKEN = { Authorization: "testtoken" };
const NOT_AUTHORIZED = "200 queued";
const MISREAD_ERROR = "500 INTERNAL_ERROR";

export const POINTS: readonly Point[] = [
  { name: "the README's POST to no-auth-stack", aws: "200 queued", known: "recorded" },
  {
    name: "the README's POST to auth-stack",
    stack: "auth-stack",
    headers: TOKEN,
    aws: "200 queued",
    known: "observed",
  },
  {
    name: "auth-stack, no token",
    stack: "auth-stack",
    aws: "401 UNAUTHORIZED",
    known: "documented",
    localStack: NOT_AUTHORIZED,
  },
  {
    name: "auth-stack, a token that the authorizer denies",
    stack: "auth-stack",
    headers: { Authorization: "wrong" },
    aws: "403 ACCESS_DENIED",
    known: "documented",
    localStack: NOT_AUTHORIZED,
  },
  { name: "an empty body", body: "", aws: "200 queued", known: "recorded" },
  {
    name: "Content-Type with a parameter",
    headers: { "Content-Type": "application/json; charset=utf-8" },
    aws: "200 queued",
    known: "documented",
    localStack: "415 Unsupported Media Type",
  },
  {
    name: "a content type without a template",
    headers: { "Content-Type": "text/plain" },
    aws: "415 UNSUPPORTED_MEDIA_TYPE",
    known: "documented",
    localStack: "415 Unsupported Media Type",
  },
  {
    name: "a Content-Encoding that API Gateway does not know",
    headers: { "Content-Encoding": "br" },
    aws: "415 UNSUPPORTED_MEDIA_TYPE",
    known: "documented",
    localStack: "200 queued",
  },
  {
    name: "a character that SQS refuses",
    body: "\u0007",
    aws: "400 INVALID_MESSAGE",
    known: "observed",
    localStack: MISREAD_ERROR,
  },
  {
    name: "a message larger than the queue allows",
    body: "a".repeat(262_145),
    aws: "413 MESSAGE_TOO_LONG",
    known: "recorded",
    localStack: MISREAD_ERROR,
  },
  {
    name: "a path that is not there",
    path: "/prod/nowhere",
    aws: "403 MISSING_AUTHENTICATION_TOKEN",
    known: "recorded",
    localStack: "403 Missing Authentication Token",
  },
  {
    name: "a method that is not there",
    method: "PUT",
    aws: "403 MISSING_AUTHENTICATION_TOKEN",
    known: "recorded",
    localStack: "403 Missing Authentication Token",
  },
  {
    name: "a stage that is not there",
    path: "/nowhere/sqs",
    aws: "403 Forbidden",
    known: "observed",
    localStack: "404 The API does not correspond to a deployed API Gateway API",
  },
];

/** Sends the request of a point to an API, whose URL has no stage. */
export async function send(apiUrl: string, point: Omit<Point, "name" | "aws" | "known">): Promise<string> {
  const response = await fetch(`${apiUrl}${point.path ?? "/prod/sqs"}`, {
    method: point.method ?? "POST",
    headers: { "Content-Type": "application/json", ...point.headers },
    body: point.body ?? README_BODY,
  });
  return answerOf(response.status, await response.text());
}

/** An answer in words: its status, and `queued` or the error's code, or its message where it has none. */
export function answerOf(status: number, text: string): string {
  const { SendMessageResponse, code, message } = JSON.parse(text) as Record<string, unknown>;
  if (SendMessageResponse !== undefined) return `${status} queued`;
  return `${status} ${String(code ?? message).replace(/ id '\w+'/, "")}`;
}
