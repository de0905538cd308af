import type { Method, RestApi } from "../terraform/stack-model";
import { modelOf } from "./request";
import { type Schema, isJson } from "./schema";

/** A method that sends to a queue. */
export interface Sender {
  readonly api: RestApi;
  readonly path: string;
  readonly method: Method;
}

/** A name that can stand in a reference, and that AsyncAPI allows. */
export function key(name: string): string {
  return name.replaceAll(/[^\w-]+/g, "_");
}

/** The messages that a method sends, by a name: one for each content type that it takes. */
export function messagesOf({ path, method }: Sender): (readonly [name: string, message: object])[] {
  return Object.entries(method.integration.requestTemplates).map(([mediaType, template]) => {
    const where = `${method.httpMethod} ${path}`;
    return [
      key(`${where} ${mediaType}`),
      {
        contentType: mediaType,
        summary: `The body of ${where} as ${mediaType}`,
        payload: payloadOf(mediaType, template, modelOf(method, mediaType)),
        headers: attributesOf(template),
      },
    ];
  });
}

/** What is known of it: a template that hands the body on hands on what the model says of it. */
function payloadOf(mediaType: string, template: string, model: string | undefined): Schema {
  if (!template.includes("MessageBody=$util.urlEncode($input.body)")) {
    return { description: "A mapping template makes the message: its shape is not known." };
  }
  if (model !== undefined) return { $ref: `#/components/schemas/${model}` };
  return isJson(mediaType)
    ? { description: "The body as it was sent. The API does not check it." }
    : {
        type: "string",
        description:
          "The body as it was sent, in base64 where the message has the attribute `Content-Transfer-Encoding`.",
      };
}

const ATTRIBUTE =
  /MessageAttributes?\.(\$\{?\w+\}?|\d+)\.Name=([^&#$\s]+)(?:[^#]*?MessageAttributes?\.\1\.Value\.DataType=([\w.]+))?/g;

/** Message attributes are the headers of an SQS message. None is on every message: SQS refuses empty ones. */
function attributesOf(template: string): Schema {
  const attributes = [...template.matchAll(ATTRIBUTE)].map(
    ([, , name = "", type = "String"]) =>
      [
        decodeURIComponent(name),
        { type: "string", description: `A message attribute of type ${type}.` },
      ] as const,
  );
  return { type: "object", properties: Object.fromEntries(attributes) };
}
