import type { IncomingMessage, ServerResponse } from "node:http";
import { FakeServer } from "./fake-server";

/** A call to AWS: `GetResources`, or of API Gateway `GET /restapis`, with what was sent. */
export interface AwsCall {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** An answer of a service: JSON, or of IAM and STS the inside of the result's XML. */
export interface AwsAnswer {
  readonly status?: number;
  /** Name of an error. */
  readonly error?: string;
  readonly body?: unknown;
}

/** AWS as a test wants it: one address for every service. What nobody answers for is empty. */
export class FakeAws extends FakeServer {
  public readonly calls: string[] = [];

  constructor(private readonly answer: (call: AwsCall) => AwsAnswer | undefined) {
    super();
  }

  protected override handle(request: IncomingMessage, text: string, response: ServerResponse): void {
    const call = callOf(request, text);
    this.calls.push(call.name);
    const { error, body = {}, status = error === undefined ? 200 : 400 } = this.answer(call) ?? {};
    const isXml = text.includes("Action=");
    response.writeHead(status, {
      "Content-Type": isXml ? "text/xml" : "application/x-amz-json-1.0",
      ...(error === undefined ? {} : { "x-amzn-ErrorType": error }),
    });
    response.end(isXml ? xml(call.name, error, body) : json(error, body));
  }
}

function callOf({ method = "", url = "", headers }: IncomingMessage, text: string): AwsCall {
  const target = headers["x-amz-target"];
  if (typeof target === "string") {
    return { name: target.split(".")[1] ?? "", input: JSON.parse(text) as AwsCall["input"] };
  }
  const form = Object.fromEntries(new URLSearchParams(text));
  if (form.Action !== undefined) return { name: form.Action, input: form };
  const { pathname, searchParams } = new URL(url, "http://aws");
  return { name: `${method} ${decodeURIComponent(pathname)}`, input: Object.fromEntries(searchParams) };
}

function json(error: string | undefined, body: unknown): string {
  return JSON.stringify(error === undefined ? body : { __type: error, message: "It failed." });
}

function xml(action: string, error: string | undefined, body: unknown): string {
  if (error !== undefined) {
    return `<ErrorResponse><Error><Type>Sender</Type><Code>${error}</Code><Message>It failed.</Message></Error></ErrorResponse>`;
  }
  const inside = typeof body === "string" ? body : "";
  return `<${action}Response><${action}Result>${inside}</${action}Result></${action}Response>`;
}
