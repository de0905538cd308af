import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

type Json = Record<string, unknown>;

const DEAD_LETTERS_ARN = "arn:aws:sqs:eu-central-1:123456789012:work-dlq";

/**
 * SQS's message move tasks, which no emulator here has: a task moves some messages whenever it is asked about. Like SQS's own it
 * names itself by its handle only while it runs.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListMessageMoveTasks.html
 */
export class FakeMoveTasks {
  /** Inputs of all calls, by their action. */
  public readonly calls: (readonly [action: string, input: Json])[] = [];
  public task: Json | undefined;
  /** Moved between two looks. */
  public step = 40;
  public sources = ["work"];
  public failureReason: string | undefined;
  /** Answered instead of a result, by action. */
  public readonly refusals = new Map<string, string>();
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const action = String(request.headers["x-amz-target"]).replace("AmazonSQS.", "");
      const input = JSON.parse(Buffer.concat(chunks).toString()) as Json;
      this.calls.push([action, input]);
      const refusal = this.refusals.get(action);
      response.writeHead(refusal === undefined ? 200 : 400, { "Content-Type": "application/x-amz-json-1.0" });
      response.end(
        JSON.stringify(
          refusal === undefined ? this.answer(action, input) : { __type: refusal, message: "told so" },
        ),
      );
    });
  });

  /** @returns the queue's URL */
  public async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this.url("work");
  }

  public async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  public url(name: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/123456789012/${name}`;
  }

  private answer(action: string, input: Json): Json {
    switch (action) {
      case "GetQueueAttributes":
        return { Attributes: this.attributes(String(input.QueueUrl)) };
      case "ListDeadLetterSourceQueues":
        return { queueUrls: this.sources.map((name) => this.url(name)) };
      case "StartMessageMoveTask":
        this.task = {
          TaskHandle: "handle",
          Status: "RUNNING",
          ApproximateNumberOfMessagesMoved: 0,
          ...input,
        };
        return { TaskHandle: "handle" };
      case "ListMessageMoveTasks":
        return { Results: this.task === undefined ? [] : [this.progressed(this.task)] };
      case "CancelMessageMoveTask":
        this.task = { ...this.task, Status: "CANCELLED", TaskHandle: undefined };
        return {};
      default:
        throw new Error(`The fake has no ${action}.`);
    }
  }

  private attributes(url: string): Json {
    const name = url.split("/").at(-1) ?? "";
    return {
      QueueArn: `arn:aws:sqs:eu-central-1:123456789012:${name}`,
      ApproximateNumberOfMessages: "100",
      ApproximateNumberOfMessagesNotVisible: "0",
      ApproximateNumberOfMessagesDelayed: "0",
      ...(name === "work"
        ? { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: DEAD_LETTERS_ARN, maxReceiveCount: 5 }) }
        : {}),
    };
  }

  private progressed(task: Json): Json {
    if (task.Status !== "RUNNING") return task;
    const moved = Math.min(100, Number(task.ApproximateNumberOfMessagesMoved) + this.step);
    if (this.failureReason !== undefined) {
      this.task = {
        Status: "FAILED",
        FailureReason: this.failureReason,
        ApproximateNumberOfMessagesMoved: moved,
      };
    } else if (moved === 100) this.task = { Status: "COMPLETED", ApproximateNumberOfMessagesMoved: moved };
    else this.task = { ...task, ApproximateNumberOfMessagesMoved: moved };
    return this.task;
  }
}
