import type { MessageAttribute } from "../mapping/message-attribute";
import { sendMessageTemplate } from "../mapping/send-message-template";
import type { ValueSource } from "../mapping/value-source";
import { binaryContentTypes } from "./binary-content-types";

/** What of a request reaches the queue, and how. */
export interface MessageOptions {
  /**
   * Content types that are accepted, in lower case and without parameters; everything else is answered 415.
   * @default ["application/json"]
   */
  readonly contentTypes?: readonly string[];
  /**
   * Those of `contentTypes` whose bodies travel as base64, with a message attribute `Content-Transfer-Encoding`.
   * @default - those that are not known to be text
   */
  readonly binaryContentTypes?: readonly string[];
  /** Headers that become message attributes of their name, where a request has them. */
  readonly forwardHeaders?: readonly string[];
  /** Query parameters that become message attributes of their name. */
  readonly forwardQueryParameters?: readonly string[];
  /** What API Gateway knows of a request, as attributes `RequestId`, `RequestTime`, `SourceIp`, `ContentType`, `Path`. */
  readonly forwardRequestMetadata?: readonly RequestMetadata[];
  /** `principalId` and keys of the authorizer's context that become message attributes of their name. */
  readonly forwardAuthorizerKeys?: readonly string[];
  /** Message group: needed on a FIFO queue, allowed on a standard one (fair queues). */
  readonly messageGroupId?: ValueSource;
  /** FIFO only: what tells a repeated message. */
  readonly messageDeduplicationId?: ValueSource;
  /** Mapping templates by content type, in the place of the ones made from the options above. */
  readonly requestTemplates?: Readonly<Record<string, string>>;
}

/** What API Gateway knows of a request. */
export type RequestMetadata = "requestId" | "requestTime" | "sourceIp" | "contentType" | "path";

const METADATA: Readonly<Record<RequestMetadata, MessageAttribute>> = {
  requestId: { name: "RequestId", source: { context: "requestId" } },
  requestTime: { name: "RequestTime", source: { context: "requestTime" } },
  sourceIp: { name: "SourceIp", source: { context: "identity.sourceIp" } },
  contentType: { name: "ContentType", source: { header: "Content-Type" } },
  path: { name: "Path", source: { context: "path" } },
};

/** The message attributes that the options ask for. */
export function messageAttributes(options: MessageOptions): MessageAttribute[] {
  const { forwardHeaders = [], forwardQueryParameters = [] } = options;
  const { forwardRequestMetadata = [], forwardAuthorizerKeys = [] } = options;
  return [
    ...forwardHeaders.map((name) => ({ name, source: { header: name } })),
    ...forwardQueryParameters.map((name) => ({ name, source: { query: name } })),
    ...forwardAuthorizerKeys.map((name) => ({ name, source: { authorizer: name } })),
    ...forwardRequestMetadata.map((name) => METADATA[name]),
  ];
}

/** The content types whose bodies travel as base64. */
export function base64ContentTypes(options: MessageOptions): readonly string[] {
  return options.binaryContentTypes ?? binaryContentTypes(options.contentTypes ?? []);
}

/** The mapping template of each accepted content type. */
export function requestTemplates(options: MessageOptions): Record<string, string> {
  const { contentTypes = ["application/json"], messageGroupId, messageDeduplicationId } = options;
  const base64 = base64ContentTypes(options);
  const made = contentTypes.map((contentType) => [
    contentType,
    sendMessageTemplate({
      attributes: messageAttributes(options),
      base64: base64.includes(contentType),
      messageGroupId,
      messageDeduplicationId,
    }),
  ]);
  return { ...(Object.fromEntries(made) as Record<string, string>), ...options.requestTemplates };
}
