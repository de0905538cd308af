import { type Dispatcher, Pool } from "undici";
import type { CredentialsProvider } from "../../aws/aws-signer";
import { type EndpointAuthorization, endpointAuthorization } from "../../aws/aws-signer";
import { SqsConnectionError, SqsTimeoutError } from "./sqs-failures";

/** What an SQS endpoint answered, unread. */
export interface EndpointAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** One call of an action in the AWS JSON protocol. */
export interface EndpointCall {
  action: string;
  region: string;
  body: string;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

/**
 * Posts to one SQS endpoint over kept-alive connections, never twice: a repeated SendMessage is a second message.
 */
export class SqsEndpoint {
  private readonly pool: Pool;
  private readonly path: string;
  private readonly authorization: EndpointAuthorization;

  constructor(endpoint: string, credentials?: CredentialsProvider) {
    const { origin, pathname } = new URL(endpoint);
    this.authorization = endpointAuthorization(endpoint, credentials);
    this.path = pathname;
    // Timeouts are the caller's, kept by post(); undici's own would end a long poll early.
    this.pool = new Pool(origin, { connections: 128, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
  }

  /**
   * @throws SqsTimeoutError after `timeoutMs`.
   * @throws SqsConnectionError when there is no connection or no whole answer.
   */
  public async post(call: EndpointCall): Promise<EndpointAnswer> {
    const headers = await this.authorization(
      call.region,
      { "content-type": "application/x-amz-json-1.0", "x-amz-target": `AmazonSQS.${call.action}` },
      call.body,
    );
    return new Promise((resolve, reject) => {
      this.pool.dispatch(
        { path: this.path, method: "POST", headers, body: call.body },
        new AnswerReader(call, resolve, reject),
      );
    });
  }

  public async close(): Promise<void> {
    await this.pool.destroy();
  }
}

/** Gathers one answer. A plain dispatch handler, since undici's `request()` with its streams costs twice the CPU. */
class AnswerReader implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private failure: Error | undefined;
  private status = 0;
  private headers: EndpointAnswer["headers"] = {};
  private readonly chunks: Buffer[] = [];
  private readonly timer: NodeJS.Timeout;
  private readonly signal: AbortSignal | undefined;
  private readonly resolve: (answer: EndpointAnswer) => void;
  private readonly reject: (error: Error) => void;

  constructor(call: EndpointCall, resolve: (answer: EndpointAnswer) => void, reject: (error: Error) => void) {
    this.resolve = resolve;
    this.reject = reject;
    this.timer = setTimeout(this.onTimeout, call.timeoutMs, call);
    this.signal = call.signal;
    this.signal?.addEventListener("abort", this.onAbort);
    if (this.signal?.aborted) this.onAbort();
  }

  public onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.failure !== undefined) controller.abort(this.failure);
  }

  public onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: EndpointAnswer["headers"],
  ): void {
    this.status = status;
    this.headers = headers;
  }

  public onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  public onResponseEnd(): void {
    this.settle();
    const [first] = this.chunks;
    const body = this.chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.chunks);
    this.resolve({ status: this.status, headers: this.headers, body: body.toString("utf8") });
  }

  public onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(
      this.failure ?? new SqsConnectionError(`No answer from SQS: ${error.message}`, { cause: error }),
    );
  }

  private readonly onTimeout = (call: EndpointCall): void => {
    this.fail(new SqsTimeoutError(`SQS did not answer ${call.action} within ${call.timeoutMs} ms.`));
  };

  private readonly onAbort = (): void => {
    this.fail(new SqsConnectionError("The call to SQS was given up."));
  };

  private fail(failure: Error): void {
    if (this.failure !== undefined) return;
    this.failure = failure;
    this.settle();
    this.reject(failure);
    this.controller?.abort(failure);
  }

  private settle(): void {
    clearTimeout(this.timer);
    this.signal?.removeEventListener("abort", this.onAbort);
  }
}
