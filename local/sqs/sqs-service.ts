import { randomUUID } from "node:crypto";
import { type QueueReference, queueArn, queueUrl } from "../../aws/arn";
import { checkBatch, partitionBatch } from "./batch-checks";
import { AWS_JSON_ANSWER, readJsonCall } from "./json-protocol";
import { type JsonObject, asList } from "./json-values";
import type { BatchEntry, FailedEntry, MessageInput } from "./message";
import { checkMessage } from "./message-checks";
import { proveBatch, proveMessage } from "./message-digest";
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
    const contentType = header(request.headers, "content-type");
    const isJson = contentType.startsWith(AWS_JSON_ANSWER.contentType);
    const accept = header(request.headers, "accept");
    const format = isJson
      ? AWS_JSON_ANSWER
      : accept.startsWith(QUERY_JSON_ANSWER.contentType)
        ? QUERY_JSON_ANSWER
        : QUERY_XML_ANSWER;
    let sent: SqsResponse["sent"];
    try {
      const call = isJson
        ? readJsonCall(header(request.headers, "x-amz-target"), request)
        : readQueryCall(contentType, request);
      if (call === undefined) return unknownOperation(requestId);
      authorize(call, request);
      addTrace(call, header(request.headers, "x-amzn-trace-id"));
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

  private async perform(
    call: SqsCall,
    request: SqsRequest,
    onSend: (input: object) => void,
  ): Promise<JsonObject> {
    const deadline = Date.now() + request.timeoutMs;
    const post = async (input: JsonObject): Promise<JsonObject> => {
      const { timeoutMs } = request;
      const known = call.queue && this.queueUrls.known(call.queue);
      const queueUrl = known ?? (call.queue && (await this.queueUrls.ask(call.queue, timeoutMs)));
      const left = known === undefined ? Math.max(1, deadline - Date.now()) : timeoutMs;
      const sentInput = queueUrl === undefined ? input : { ...input, QueueUrl: queueUrl };
      onSend(sentInput);
      return this.endpoint.call(call.action, sentInput, left);
    };
    if (call.action === "SendMessage") return sendMessage(call, post);
    if (call.action === "SendMessageBatch") return sendMessageBatch(call, post);
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

function header(headers: Readonly<Record<string, string>>, lowerCaseName: string): string {
  for (const name in headers) {
    if (name.length === lowerCaseName.length && name.toLowerCase() === lowerCaseName) {
      return headers[name] ?? "";
    }
  }
  return "";
}
