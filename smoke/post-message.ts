import { messageOf, mistakeText } from "../errors/mistake";

/** What is posted. */
export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the API answered. */
export interface PostAnswer {
  readonly status: number;
  readonly milliseconds: number;
  readonly requestId: string | undefined;
  /** The id that SQS gave the message, where the API hands it on. */
  readonly messageId: string | undefined;
}

const LONGEST_WAIT_MS = 30_000;

const LONGEST_ANSWER = 300;

/**
 * Posts one message.
 * @throws Error where the API can't be reached, or refuses
 */
export async function postMessage({ url, headers, body }: Post): Promise<PostAnswer> {
  const start = performance.now();
  const { response, text } = await exchange(url, headers, body);
  const milliseconds = Math.round(performance.now() - start);
  const answer = readAnswer(text);
  const requestId = textOf(answer.requestId) ?? response.headers.get("x-amzn-requestid") ?? undefined;
  if (!response.ok) throw refusal(url, response, text, requestId);
  return { status: response.status, milliseconds, requestId, messageId: messageIdOf(answer) };
}

async function exchange(url: string, headers: Post["headers"], body: string) {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(LONGEST_WAIT_MS),
    });
    return { response, text: await response.text() };
  } catch (error) {
    const { cause = error } = error as { readonly cause?: unknown };
    throw new Error(
      mistakeText({
        where: url,
        wrong: "gives no answer",
        got: messageOf(cause),
        allowed: "the address of a deployed API, or of the local gateway",
        mend: "Correct --url or deploy the stack again; a private API is reached from its VPC only.",
      }),
      { cause: error },
    );
  }
}

function refusal(url: string, response: Response, text: string, requestId = "none"): Error {
  const isAuthorization = [401, 403].includes(response.status);
  const kind = response.headers.get("x-amzn-errortype");
  const said = text.length > LONGEST_ANSWER ? `${text.slice(0, LONGEST_ANSWER)}…` : text;
  return new Error(
    mistakeText({
      where: url,
      wrong: "refuses the message",
      got: `${response.status}${kind === null ? "" : ` ${kind}`}, request id ${requestId}: ${said}`,
      allowed: "an answer from 200 to 299",
      mend: isAuthorization
        ? "Give what the API asks for by --token or --header name=value."
        : "Look for the request id in the API's logs; a body that its rules take is given by --body.",
    }),
  );
}

function readAnswer(text: string): Readonly<Record<string, unknown>> {
  try {
    return asRecord(JSON.parse(text));
  } catch {
    // The setting `response` may make any text of it.
    return {};
  }
}

/** In the API's own answer, or in SQS's. */
function messageIdOf(answer: Readonly<Record<string, unknown>>): string | undefined {
  const { SendMessageResult } = asRecord(answer.SendMessageResponse);
  return textOf(answer.messageId) ?? textOf(asRecord(SendMessageResult).MessageId);
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
