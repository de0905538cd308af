import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

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
export class FakeAws {
  public readonly calls: string[] = [];
  private readonly server: Server = createServer((request, response) => {
    void readAll(request).then((text) => {
      const call = callOf(request, text);
      this.calls.push(call.name);
      const { error, body = {}, status = error === undefined ? 200 : 400 } = this.answer(call) ?? {};
      const isXml = text.includes("Action=");
      response.writeHead(status, {
        "Content-Type": isXml ? "text/xml" : "application/x-amz-json-1.0",
        ...(error === undefined ? {} : { "x-amzn-ErrorType": error }),
      });
      response.end(isXml ? xml(call.name, error, body) : json(error, body));
    });
  });

  constructor(private readonly answer: (call: AwsCall) => AwsAnswer | undefined) {}

  public async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
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

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
