import type { QueueMethod } from "./channels";
import { componentReference } from "./model-schema";
import { modelOf } from "./request";
import { type Schema, isJson } from "./schema";
import { decoded } from "./sqs-calls";

/** A message that a method sends. */
interface SentMessage {
  /** What tells it from others of the channel. */
  readonly title: string;
  /** A Message Object. */
  readonly message: object;
}

/** The messages that a method sends: one for each content type that it takes. */
export function messagesOf(sender: QueueMethod): readonly SentMessage[] {
  const templates = Object.entries(sender.method.integration.requestTemplates);
  if (templates.length === 0) return [ownCall(sender)];
  return templates.map(([mediaType, template]) => {
    const title = `${callOf(sender)} as ${mediaType}`;
    return {
      title,
      message: template.includes(BODY) ? handedOn(sender, mediaType, template) : madeBy(title, template),
    };
  });
}

/** The method as its callers know it. */
export function callOf({ apiName, path, method: { httpMethod } }: QueueMethod): string {
  return [httpMethod, path, ...(apiName === undefined ? [] : [`of ${apiName}`])].join(" ");
}

/** A template with it hands the body on. */
const BODY = "MessageBody=$util.urlEncode($input.body)";

function ownCall(sender: QueueMethod): SentMessage {
  const title = callOf(sender);
  return { title, message: { summary: `${title}: the caller writes the call of SQS` } };
}

function madeBy(title: string, template: string): object {
  return {
    summary: `What a mapping template makes of ${title}`,
    payload: { description: "Its shape is not known." },
    ...headersOf(attributesOf(template)),
  };
}

function handedOn(sender: QueueMethod, mediaType: string, template: string): object {
  const attributes = attributesOf(template);
  const isEncoded = attributes.some(([name]) => name === "Content-Transfer-Encoding");
  return {
    ...(mediaType.includes("/") && { contentType: mediaType }),
    summary: `The body of ${callOf(sender)} as ${mediaType}`,
    payload: isEncoded
      ? { type: "string", contentEncoding: "base64", contentMediaType: mediaType }
      : payloadOf(sender, mediaType),
    ...headersOf(attributes),
  };
}

function payloadOf({ method, named }: QueueMethod, mediaType: string): Schema {
  const model = modelOf(method, mediaType);
  const isChecked = method.requestValidator?.validateRequestBody === true;
  if (model === undefined || !isChecked) {
    return { ...(!isJson(mediaType) && { type: "string" }), description: "The API does not check it." };
  }
  return componentReference(named(model));
}

/** The models that are schemas of a method's messages. */
export function messageModels({ method }: QueueMethod): readonly string[] {
  const { integration, requestValidator } = method;
  if (requestValidator?.validateRequestBody !== true) return [];
  return Object.entries(integration.requestTemplates).flatMap(([mediaType, template]) =>
    template.includes(BODY) ? (modelOf(method, mediaType) ?? []) : [],
  );
}

interface MessageHeaders {
  readonly headers?: Schema;
}

type Attribute = readonly [name: string, schema: Schema];

const ATTRIBUTE =
  /MessageAttributes?\.(\$\{?\w+\}?|\d+)\.Name=([^&#$\s]+)(?:[^#]*?MessageAttributes?\.\1\.Value\.DataType=([\w.]+))?/g;

function attributesOf(template: string): readonly Attribute[] {
  return [...template.matchAll(ATTRIBUTE)].map(([, , name = "", type = "String"]) => [
    decoded(name),
    { type: "string", description: `A message attribute of type ${type}.` },
  ]);
}

/** Message attributes are the headers of an SQS message. None is on every message: SQS refuses empty ones. */
function headersOf(attributes: readonly Attribute[]): MessageHeaders {
  if (attributes.length === 0) return {};
  return { headers: { type: "object", properties: Object.fromEntries(attributes) } };
}
