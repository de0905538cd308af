import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";

/** What the fake answers to SendMessage and SendMessageBatch. */
export interface FakeAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An SQS endpoint that knows every queue and gives the answer that a test wants. */
export class FakeSqs {
  public answer: FakeAnswer = { status: 500, body: "" };
  /** Before each answer. */
  public delayMs = 0;
  /** Inputs of the calls that were answered so. */
  public readonly inputs: unknown[] = [];
  private readonly server: Server = createServer((request, response) => void this.handle(request, response));

  public async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const input = JSON.parse(Buffer.concat(chunks).toString()) as { QueueName?: string };
    if (request.headers["x-amz-target"] === "AmazonSQS.GetQueueUrl") {
      const QueueUrl = `http://${request.headers.host ?? ""}/123456789012/${input.QueueName ?? ""}`;
      response.writeHead(200, { "Content-Type": "application/x-amz-json-1.0" });
      response.end(JSON.stringify({ QueueUrl }));
      return;
    }
    this.inputs.push(input);
    if (this.delayMs > 0) await setTimeout(this.delayMs, undefined, { ref: false });
    const { status, body, headers } = this.answer;
    response.writeHead(status, { "Content-Type": "application/x-amz-json-1.0", ...headers });
    response.end(body);
  }
}

/** An error in the AWS JSON protocol. */
export function sqsError(type: string, message: string, status = 400, queryError?: string): FakeAnswer {
  return {
    status,
    body: JSON.stringify({ __type: type, message }),
    headers: queryError === undefined ? {} : { "x-amzn-query-error": queryError },
  };
}
