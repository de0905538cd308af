// The SQS emulator's process. fauxqs is ESM only, and messages that wait for a consumer would weigh on the
// gateway's memory: hence a process of its own, forked by sqs-emulator.ts, which also ends it.
import { once } from "node:events";
import { createRequire } from "node:module";

// Ctrl-C reaches the whole process group; the parent still has requests to finish and ends this process itself.
process.on("SIGINT", () => undefined);
process.on("disconnect", () => process.exit());

// Loading modules is most of the start: the options may come while it goes on.
const options = once(process, "message");
const { buildApp } = await import("fauxqs");

const require = createRequire(import.meta.url);
require("../../bin/compile-typescript.js");
const { checkMessageSystemAttributes, forbiddenCharacter } = require("./message-checks");
const { md5OfAttributes } = require("./message-digest");
const { isOwnHost } = require("./own-host");

const internals = import.meta.resolve("fauxqs");
const { SqsError } = await import(new URL("common/errors.js", internals));
const { SqsStore } = await import(new URL("sqs/sqsStore.js", internals));
const { INVALID_MESSAGE_BODY_CHAR } = await import(new URL("sqs/sqsTypes.js", internals));

// fauxqs looks at UTF-16 code units and so refuses every character beyond U+FFFF, emoji among them. SQS takes them.
INVALID_MESSAGE_BODY_CHAR.test = (text) => forbiddenCharacter(text) !== undefined;

/** Finds a queue by its name alone, so that any host, account or region in a URL or an ARN leads to it. */
class QueuesByName extends SqsStore {
  getQueue(url) {
    return this.getQueueByName(url.slice(url.lastIndexOf("/") + 1));
  }

  getQueueByArn(arn) {
    return this.getQueueByName(arn.slice(arn.lastIndexOf(":") + 1));
  }

  deleteQueue(url) {
    const queue = this.getQueue(url);
    return queue !== undefined && super.deleteQueue(queue.url);
  }
}

const [{ host, port, region }] = await options;
const sqsStore = new QueuesByName();
// Without a host of its own, the store builds queue URLs from the host that the client asked.
sqsStore.host = undefined;
const app = buildApp({ logger: false, defaultRegion: region, stores: { sqsStore } });

// What other sites' pages in a browser on this machine send is refused, before it is read.
app.addHook("onRequest", (request, reply, done) => {
  const { host: asked, origin, "sec-fetch-site": site = "none" } = request.headers;
  if (isOwnHost(asked, host) && origin === undefined && site === "none") return void done();
  reply.code(403).send({ message: "This SQS emulator serves programs on this machine's own names only." });
});

// A Query-protocol request to a queue's path would land in fauxqs's S3 part and be answered 200.
app.addHook("onRequest", (request, reply, done) => {
  const sqs =
    request.url === "/" && request.headers["content-type"]?.startsWith("application/x-amz-json-1.0");
  // fauxqs looks at its clocks on a receive only, and so would count messages as in flight long after their time.
  if (request.headers["x-amz-target"] === "AmazonSQS.GetQueueAttributes") sqsStore.processAllTimers();
  if (sqs || request.method === "GET") return void done();
  reply
    .code(400)
    .send({ message: "This SQS emulator speaks the AWS JSON protocol only: POST / with X-Amz-Target." });
});

/**
 * System attributes of messages, which fauxqs drops. Each is found by the message's other attributes: that object is what
 * fauxqs keeps of a request.
 */
const systemAttributes = new WeakMap();

app.addHook("preHandler", async (request, reply) => {
  for (const message of messagesSent(request)) {
    const attributes = message.MessageSystemAttributes;
    if (attributes === undefined) continue;
    const refusal = refusalOf(attributes);
    if (refusal !== undefined) {
      return reply.code(400).header("x-amzn-query-error", refusal.queryErrorHeader).send(refusal.toJSON());
    }
    systemAttributes.set((message.MessageAttributes ??= {}), attributes);
  }
});

app.addHook("preSerialization", async (request, _reply, answer) => {
  const reports = [answer, ...(answer.Successful ?? [])].filter(({ MessageId }) => MessageId !== undefined);
  for (const report of reports) {
    const sent = messagesSent(request).find(({ Id }) => Id === report.Id);
    const attributes = systemAttributes.get(sent.MessageAttributes ?? {});
    if (attributes) report.MD5OfMessageSystemAttributes = md5OfAttributes(attributes);
  }
  for (const message of answer.Messages ?? []) addTraceHeader(message, request.body);
  return answer;
});

/** What fauxqs makes. SQS, too, knows a handle of its own making, though its message be gone; fauxqs takes any text for such a one. */
const HANDLE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

app.addHook("preHandler", async ({ headers, body }, reply) => {
  const isOfHandle = /[.](DeleteMessage|ChangeMessageVisibility)$/.test(headers["x-amz-target"] ?? "");
  if (!isOfHandle || !body.ReceiptHandle || HANDLE.test(body.ReceiptHandle)) return;
  const error = new SqsError("ReceiptHandleIsInvalid", "The input receipt handle is invalid.", 404);
  return reply.code(404).header("x-amzn-query-error", error.queryErrorHeader).send(error.toJSON());
});

function refusalOf(attributes) {
  try {
    checkMessageSystemAttributes(attributes);
  } catch ({ code = "InvalidParameterValue", message }) {
    return new SqsError(code, message);
  }
}

function messagesSent({ headers, body }) {
  const action = headers["x-amz-target"];
  if (action === "AmazonSQS.SendMessage") return [body];
  return action === "AmazonSQS.SendMessageBatch" && Array.isArray(body.Entries) ? body.Entries : [];
}

function addTraceHeader(received, { QueueUrl, AttributeNames = [], MessageSystemAttributeNames = [] }) {
  const wanted = [...AttributeNames, ...MessageSystemAttributeNames];
  if (!wanted.includes("All") && !wanted.includes("AWSTraceHeader")) return;
  const { message } = sqsStore.getQueue(QueueUrl).inflightMessages.get(received.ReceiptHandle) ?? {};
  const value = message && traceHeaderOf(message);
  if (value !== undefined) received.Attributes = { ...received.Attributes, AWSTraceHeader: value };
}

function traceHeaderOf({ messageAttributes }) {
  return systemAttributes.get(messageAttributes)?.AWSTraceHeader?.StringValue;
}

// A look into a queue that receives nothing: fauxqs's own has no limit, and a long queue would block both processes.
app.get("/_local/queues/:name", (request, reply) => {
  const queue = sqsStore.getQueueByName(request.params.name);
  if (queue === undefined) return reply.code(404).send({ message: "There is no such queue." });
  queue.processTimers();
  const { ready, inflight, delayed } = queue.inspectMessages();
  const messages = [
    ...ready.map((message) => ({ state: "visible", message })),
    ...inflight.map(({ message }) => ({ state: "in flight", message })),
    ...delayed.map((message) => ({ state: "delayed", message })),
  ];
  const newestFirst = messages.reverse().sort((a, b) => b.message.sentTimestamp - a.message.sentTimestamp);
  const { limit, longestBody } = request.query;
  return reply.send(
    newestFirst.slice(0, Number(limit)).map((message) => shown(message, Number(longestBody))),
  );
});

/** A message in the form of ReceiveMessage's answer. */
function shown({ state, message }, longestBody) {
  return {
    state,
    MessageId: message.messageId,
    Body: message.body.slice(0, longestBody),
    bodyLength: message.body.length,
    MessageAttributes: message.messageAttributes,
    Attributes: {
      SentTimestamp: String(message.sentTimestamp),
      ApproximateReceiveCount: String(message.approximateReceiveCount),
      ApproximateFirstReceiveTimestamp: message.approximateFirstReceiveTimestamp?.toString(),
      MessageGroupId: message.messageGroupId,
      MessageDeduplicationId: message.messageDeduplicationId,
      SequenceNumber: message.sequenceNumber,
      AWSTraceHeader: traceHeaderOf(message),
    },
  };
}

try {
  await app.listen({ host, port });
  process.send({ port: app.server.address().port });
} catch (error) {
  process.send({ error: { code: error.code, message: error.message } }, () => process.exit(1));
}
