import { randomUUID } from "node:crypto";
import { type QueueReference, queueArn, queueUrl } from "../../aws/arn";
import { checkBatch, partitionBatch } from "./batch-checks";
import { AWS_JSON_ANSWER, readJsonCall } from "./json-protocol";
import { type JsonObject, asList } from "./json-values";
import type { BatchEntry, FailedEntry, MessageInput } from "./message";
import { checkMessage } from "./message-checks";
import { proveBatch, proveMessage } from "./message-digest";
import { checkReceive } from "./receive-checks";
import { QUERY_JSON_ANSWER, QUERY_XML_ANSWER } from "./query-answers";
import { readQueryCall } from "./query-protocol";
import { QueueUrls, awsQueueUrls, isFifo } from "./queue-urls";
import type { AnswerFormat, SqsCall, SqsRequest } from "./sqs-call";
import { SqsEndpoint, type SqsEndpointOptions } from "./sqs-endpoint";
import { SqsError } from "./sqs-error";

/** What SQS answered. */
export interface SqsResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** What went to the endpoint, in the AWS JSON protocol; absent when the request did not get that far. */
  sent?: { action: string; input: object; queueName?: string };
}

/** Which endpoint is behind the service. */
export interface SqsServiceOptions extends SqsEndpointOptions {
  /** The endpoint's URL of a queue. @default asked once per queue by GetQueueUrl; on AWS, made from account and name */
  resolveQueueUrl?: (queue: QueueReference) => string;
}

/**
 * Stands in for SQS's own front: takes requests in the Query protocol or the AWS JSON protocol, checks them as SQS does,
 * passes them on in the AWS JSON protocol, and answers in the form that SQS would.
 */
export class SqsService {
  private readonly endpoint: SqsEndpoint;
  private readonly queueUrls: QueueUrls;

  constructor({ resolveQueueUrl, ...options }: SqsServiceOptions) {
    this.endpoint = new SqsEndpoint(options);
    this.queueUrls = new QueueUrls(this.endpoint, resolveQueueUrl ?? awsQueueUrls(options.endpoint));
  }

  /**
   * A status of 2xx means that the endpoint has proved to have the message, unchanged.
   * @throws SqsTimeoutError after `timeoutMs`.
   * @throws SqsConnectionError when the endpoint cannot be reached, breaks off, or proves nothing.
   */
  public async send(request: SqsRequest): Promise<SqsResponse> {
    const requestId = randomUUID();
    const { contentType, accept, target, trace } = readHeaders(request.headers);
    const isJson = contentType.startsWith(AWS_JSON_ANSWER.contentType);
    const format = isJson
      ? AWS_JSON_ANSWER
      : accept.startsWith(QUERY_JSON_ANSWER.contentType)
        ? QUERY_JSON_ANSWER
        : QUERY_XML_ANSWER;
    let sent: SqsResponse["sent"];
    try {
      const call = isJson ? readJsonCall(target, request) : readQueryCall(contentType, request);
      if (call === undefined) return unknownOperation(requestId);
      authorize(call, request);
      addTrace(call, trace);
      const result = await this.perform(call, request, (input) => {
        sent = { action: call.action, input, ...(call.queue && { queueName: call.queue.queueName }) };
      });
      const body = format.result(call.action, call.shape.output, result, requestId);
      return { status: 200, headers: answerHeaders(format, requestId), body, ...(sent && { sent }) };
    } catch (error) {
      if (!(error instanceof SqsError)) throw error;
      return { ...errorResponse(format, error, requestId), ...(sent && { sent }) };
    }
  }

  public async close(): Promise<void> {
    await this.endpoint.close();
  }

  private perform(
    call: SqsCall,
    { timeoutMs }: SqsRequest,
    onSend: (input: object) => void,
  ): Promise<JsonObject> {
    const { action, queue } = call;
    const send = (input: JsonObject, left: number): Promise<JsonObject> => {
      onSend(input);
      return this.endpoint.call(action, input, left);
    };
    const post = (input: JsonObject): Promise<JsonObject> => {
      if (queue === undefined) return send(input, timeoutMs);
      const known = this.queueUrls.known(queue);
      if (known !== undefined) return send({ ...input, QueueUrl: known }, timeoutMs);
      const deadline = Date.now() + timeoutMs;
      return this.queueUrls
        .ask(queue, timeoutMs)
        .then((asked) => send({ ...input, QueueUrl: asked }, Math.max(1, deadline - Date.now())));
    };
    if (action === "SendMessage") return sendMessage(call, post);
    if (action === "SendMessageBatch") return sendMessageBatch(call, post);
    checkReceive(action, call.input);
    return post(call.input);
  }
}

type Post = (input: JsonObject) => Promise<JsonObject>;

async function sendMessage({ input, queue }: SqsCall, post: Post): Promise<JsonObject> {
  const message: MessageInput = input;
  checkMessage(message, queue !== undefined && isFifo(queue));
  const result = await post(input);
  proveMessage(message, result);
  return result;
}

async function sendMessageBatch({ input, queue }: SqsCall, post: Post): Promise<JsonObject> {
  const entries = asList(input.Entries) as BatchEntry[];
  checkBatch(entries);
  const { accepted, failed } = partitionBatch(entries, queue !== undefined && isFifo(queue));
  const result = accepted.length === 0 ? { Successful: [] } : await post({ ...input, Entries: accepted });
  if (accepted.length > 0) proveBatch(accepted, result);
  return { ...result, Failed: [...failed, ...(asList(result.Failed) as FailedEntry[])] };
}

/**
 * SQS takes the trace of a message from the request's header, too. That the message's own counts first is not recorded.
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-services-sqs.html
 */
function addTrace({ action, input }: SqsCall, trace: string): void {
  if (trace === "") return;
  const messages: MessageInput[] =
    action === "SendMessage"
      ? [input]
      : action === "SendMessageBatch"
        ? (asList(input.Entries) as BatchEntry[])
        : [];
  for (const message of messages) {
    message.MessageSystemAttributes ??= { AWSTraceHeader: { DataType: "String", StringValue: trace } };
  }
}

function authorize({ action, input, queue }: SqsCall, request: SqsRequest): void {
  const { region, accountId = "" } = request;
  const name = input.QueueName;
  const target = queue ?? { region, accountId, queueName: typeof name === "string" ? name : "" };
  if (request.authorize(action, queueArn(target))) return;
  throw new SqsError("AccessDenied", `Access to the resource ${queueUrl(target)} is denied.`, 403);
}

function answerHeaders(format: Pick<AnswerFormat, "contentType">, requestId: string): Record<string, string> {
  return { "Content-Type": format.contentType, "x-amzn-RequestId": requestId };
}

function errorResponse(format: AnswerFormat, error: SqsError, requestId: string): SqsResponse {
  const headers = { ...answerHeaders(format, requestId), ...format.errorHeaders?.(error) };
  return { status: error.status, headers, body: format.error(error, requestId) };
}

/** SQS's answer to what is a request of neither protocol: XML, whatever the caller accepts. */
function unknownOperation(requestId: string): SqsResponse {
  const headers = answerHeaders({ contentType: "text/xml" }, requestId);
  return { status: 404, headers, body: "<UnknownOperationException/>" };
}

/** What counts of an integration's headers, by their lower-case names. */
const COUNTING = new Map([
  ["content-type", "contentType"],
  ["accept", "accept"],
  ["x-amz-target", "target"],
  ["x-amzn-trace-id", "trace"],
] as const);

type CountingHeaders = Record<"contentType" | "accept" | "target" | "trace", string>;

/** The first of a name counts, whatever its case; one that is not there is empty. */
function readHeaders(headers: Readonly<Record<string, string>>): CountingHeaders {
  const read: Partial<CountingHeaders> = {};
  for (const name in headers) {
    const key = (COUNTING as ReadonlyMap<string, keyof CountingHeaders>).get(name.toLowerCase());
    if (key !== undefined) read[key] ??= headers[name] ?? "";
  }
  const { contentType = "", accept = "", target = "", trace = "" } = read;
  return { contentType, accept, target, trace };
}
