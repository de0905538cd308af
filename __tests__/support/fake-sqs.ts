import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import { FakeServer } from "./fake-server";

/** What the fake answers to SendMessage and SendMessageBatch. */
export interface FakeAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An SQS endpoint that knows every queue and gives the answer that a test wants. */
export class FakeSqs extends FakeServer {
  public answer: FakeAnswer = { status: 500, body: "" };
  /** Before each answer. */
  public delayMs = 0;
  /** Inputs of the calls that were answered so. */
  public readonly inputs: unknown[] = [];

  protected override async handle(
    request: IncomingMessage,
    text: string,
    response: ServerResponse,
  ): Promise<void> {
    const input = JSON.parse(text) as { QueueName?: string };
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
