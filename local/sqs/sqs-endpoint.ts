import type { Dispatcher, Pool } from "undici";
import {
  type CredentialsProvider,
  type EndpointAuthorization,
  endpointAuthorization,
} from "../../aws/aws-signer";
import { type JsonObject, asObject, isObject } from "./json-values";
import { CODE_PREFIX, SqsConnectionError, SqsError, SqsTimeoutError, queryErrorCode } from "./sqs-error";

// eslint-disable-next-line @typescript-eslint/no-require-imports -- the whole of undici takes 60 ms more to load
const UndiciPool = require("undici/lib/dispatcher/pool.js") as typeof Pool;

/** Where and how SQS is reached. */
export interface SqsEndpointOptions {
  /** SQS itself, or anything that speaks its JSON protocol. */
  endpoint: string;
  /** The endpoint's region. */
  region: string;
  /** Used for AWS's own endpoints only. @default what the AWS CLI would use */
  credentials?: CredentialsProvider;
}

/** What an SQS endpoint answered, unread. */
interface EndpointAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/**
 * Calls one SQS endpoint in the AWS JSON protocol over kept-alive connections, never twice: a repeated SendMessage is a
 * second message.
 */
export class SqsEndpoint {
  private readonly pool: Pool;
  private readonly path: string;
  private readonly region: string;
  private readonly authorization: EndpointAuthorization;

  constructor({ endpoint, region, credentials }: SqsEndpointOptions) {
    const { origin, pathname } = new URL(endpoint);
    this.authorization = endpointAuthorization(endpoint, credentials);
    this.path = pathname;
    this.region = region;
    // Timeouts are the caller's, kept by AnswerReader; undici's own would end a long poll early.
    this.pool = new UndiciPool(origin, {
      connections: 128,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /**
   * An action's result.
   * @throws SqsError when the endpoint refuses.
   * @throws SqsTimeoutError after `timeoutMs`.
   * @throws SqsConnectionError when there is no connection, or no whole answer in the protocol.
   */
  public call(action: string, input: object, timeoutMs: number): Promise<JsonObject> {
    const body = JSON.stringify(input);
    const post = (headers: Record<string, string>) =>
      new Promise<JsonObject>((resolve, reject) => {
        this.pool.dispatch(
          { path: this.path, method: "POST", headers, body },
          new AnswerReader(action, timeoutMs, resolve, reject),
        );
      });
    const headers = this.authorization(
      this.region,
      { "content-type": "application/x-amz-json-1.0", "x-amz-target": `AmazonSQS.${action}` },
      body,
    );
    return headers instanceof Promise ? headers.then(post) : post(headers);
  }

  public async close(): Promise<void> {
    await this.pool.destroy();
  }
}

/** Gathers and reads one answer. A plain dispatch handler, since undici's `request()` with its streams costs twice the CPU. */
class AnswerReader implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private failure: Error | undefined;
  private status = 0;
  private headers: EndpointAnswer["headers"] = {};
  private readonly chunks: Buffer[] = [];
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly action: string,
    private readonly timeoutMs: number,
    private readonly resolve: (result: JsonObject) => void,
    private readonly reject: (error: Error) => void,
  ) {
    this.timer = setTimeout(this.onTimeout, timeoutMs);
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
    clearTimeout(this.timer);
    const [first] = this.chunks;
    const bytes = this.chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.chunks);
    const { status, headers } = this;
    try {
      this.resolve(readAnswer({ status, headers, body: bytes.toString("utf8") }));
    } catch (error) {
      this.reject(error as Error);
    }
  }

  public onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(
      this.failure ?? new SqsConnectionError(`No answer from SQS: ${error.message}`, { cause: error }),
    );
  }

  private readonly onTimeout = (): void => {
    this.fail(new SqsTimeoutError(`SQS did not answer ${this.action} within ${this.timeoutMs} ms.`));
  };

  private fail(failure: Error): void {
    if (this.failure !== undefined) return;
    this.failure = failure;
    clearTimeout(this.timer);
    this.reject(failure);
    this.controller?.abort(failure);
  }
}

function readAnswer(answer: EndpointAnswer): JsonObject {
  if (answer.status !== 200) throw endpointError(answer);
  return readResult(answer.body);
}

/**
 * Reads a successful answer in the AWS JSON protocol.
 * @throws SqsConnectionError when it is no JSON object.
 */
function readResult(body: string): JsonObject {
  let result: unknown;
  try {
    result = JSON.parse(body === "" ? "{}" : body);
  } catch (cause) {
    throw new SqsConnectionError("SQS's answer is not JSON.", { cause });
  }
  if (isObject(result)) return result;
  throw new SqsConnectionError("SQS's answer is not a JSON object.");
}

/** The Query protocol's own wording for an error whose JSON wording differs. */
const QUERY_MESSAGES: Readonly<Record<string, string>> = {
  [`${CODE_PREFIX}NonExistentQueue`]: "The specified queue does not exist for this wsdl version.",
};

/** Emulators' wordings → SQS's. */
const EMULATOR_MESSAGES: Readonly<Record<string, string>> = {
  "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly.":
    "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
};

/**
 * The error that an endpoint answered in the AWS JSON protocol.
 * @throws SqsConnectionError when the answer is not an error of that protocol.
 */
function endpointError({ status, headers, body }: EndpointAnswer): SqsError {
  const { __type: type, message, Message } = readError(body);
  const header = headers["x-amzn-query-error"];
  const [headerCode, fault] = typeof header === "string" ? header.split(";") : [];
  const code = queryErrorCode(headerCode ?? (typeof type === "string" ? type : ""));
  if (status < 400 || code === "") {
    throw new SqsConnectionError(`SQS's answer (status ${status}) is not one of the AWS JSON protocol.`);
  }
  const said = message ?? Message;
  const text = typeof said === "string" ? (EMULATOR_MESSAGES[said] ?? said) : code;
  const isReceivers = fault === "Receiver" || (fault === undefined && status >= 500);
  return new SqsError(code, QUERY_MESSAGES[code] ?? text, status, isReceivers ? "Receiver" : "Sender");
}

function readError(body: string): JsonObject {
  try {
    return asObject(JSON.parse(body));
  } catch {
    return {};
  }
}
