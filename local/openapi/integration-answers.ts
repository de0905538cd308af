import { JavaRegex } from "../../aws/java-pattern/java-regex";
import { responseHeaderName } from "../apigateway/response";
import type { Integration, IntegrationResponse, Method } from "../terraform/stack-model";
import { type Answer, REQUEST_ID_HEADERS } from "./answer";
import { headerSchema } from "./gateway-answers";
import { meaningsOf, meaningsOfS3 } from "./meanings";
import { WITHOUT_BODY, isOfS3, isOfSqs, passedOnAnswers } from "./other-endpoints";
import { actionsOf } from "./sqs-calls";
import { type Schema, anyOf, isJson, schemaOfText } from "./schema";
import { type Outcome, distinct, templateOutcomes } from "./template-outcomes";
import { UNKNOWN } from "./template-overrides";

/** The answers that come from a method's integration responses: those that a status of its backend can select. */
export function integrationAnswers(method: Method): readonly Answer[] {
  const { integration, methodResponses } = method;
  if (integration.type === "AWS_PROXY" || integration.type === "HTTP_PROXY") return passedOnAnswers(method);
  const overrides = requestOverrides(integration);
  return [...selectedResponses(integration)].flatMap(([response, statuses]) => {
    const declared = methodResponses[response.statusCode];
    if (declared === undefined) return [];
    const declaredTypes = Object.keys(declared.responseModels);
    const mediaTypes = declaredTypes.length === 0 ? ["application/json"] : declaredTypes;
    return overrides.flatMap((override) =>
      answersOf(response, { integration, statuses, mediaTypes, override }),
    );
  });
}

type Override = Omit<Outcome, "text" | "request">;

/**
 * What the mapping templates of the request override already: it holds until the response's override it anew. None at all
 * where no request gets past them.
 */
function requestOverrides({ requestTemplates, passthroughBehavior }: Integration): readonly Override[] {
  const templates = Object.values(requestTemplates);
  const overrides = templates
    .flatMap(templateOutcomes)
    .map(({ status, headers }): Override => ({ headers, ...(status !== undefined && { status }) }));
  const passes = templates.length === 0 || passthroughBehavior === "WHEN_NO_MATCH";
  return distinct([...overrides, ...(passes ? [{ headers: {} }] : [])]);
}

/** Statuses with which SQS answers. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html */
const SQS_STATUSES = [200, 400, 403, 404, 429, 500, 503];

/** The same of S3. @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const S3_STATUSES = [200, 307, 400, 403, 404, 405, 409, 411, 412, 413, 416, 500, 501, 503];

/** Each response with the backend's statuses that select it, as `apigateway/integration-response.ts` does. */
function selectedResponses(integration: Integration): ReadonlyMap<IntegrationResponse, number[]> {
  const responses = [...integration.responses].sort((a, b) => Number(a.statusCode) - Number(b.statusCode));
  const selected = new Map<IntegrationResponse, number[]>();
  // Any error message can select the response of a function.
  const statuses = backendStatuses(integration);
  if (statuses === undefined) {
    return new Map(responses.map((response) => [response, [Number(response.statusCode)]]));
  }
  for (const status of statuses) {
    const response =
      responses.find(({ selectionPattern }) => matches(selectionPattern, status)) ??
      responses.find(({ selectionPattern = "" }) => selectionPattern === "");
    if (response !== undefined) selected.set(response, [...(selected.get(response) ?? []), status]);
  }
  return selected;
}

/** Undefined where nothing tells: an endpoint of HTTP, a function. */
function backendStatuses(integration: Integration): readonly number[] | undefined {
  if (integration.type === "MOCK") return mockStatuses(integration);
  if (isOfSqs(integration)) return SQS_STATUSES;
  return isOfS3(integration) ? S3_STATUSES : undefined;
}

function matches(pattern: string | undefined, status: number): boolean {
  return pattern !== undefined && pattern !== "" && JavaRegex.compile(pattern).matches(String(status));
}

/** A mapped request names the status; where it does so by a value of the request, it may be any of those that are selected. */
function mockStatuses({ requestTemplates, responses }: Integration): number[] {
  const texts = Object.values(requestTemplates).flatMap(templateOutcomes);
  const statuses = texts.map(({ text }) => Number(/statusCode["']?\s*:\s*(\d{3})/.exec(text)?.[1]));
  return statuses.some(Number.isNaN) ? responses.map(({ statusCode }) => Number(statusCode)) : statuses;
}

interface ResponseParts {
  readonly integration: Integration;
  readonly statuses: readonly number[];
  readonly mediaTypes: readonly string[];
  readonly override: Override;
}

function answersOf(response: IntegrationResponse, parts: ResponseParts): Answer[] {
  const templates = Object.entries(response.responseTemplates);
  const mapped = mappedHeaders(response);
  const contentType = Object.entries(response.responseParameters).find(([key]) =>
    /\.content-type$/i.test(key),
  )?.[1];
  const written = contentType === undefined ? undefined : /^'([^;']*)/.exec(contentType)?.[1];
  const mediaTypes = written === undefined ? parts.mediaTypes : [written];
  const own = { status: Number(response.statusCode), mapped, mediaTypes };
  const passedOn = (): Answer => {
    const schema = backendSchema(parts);
    return answer({ ...own, outcome: { headers: {} }, schemaAs: () => schema }, parts);
  };
  if (templates.length === 0) return [passedOn()];
  return templates.flatMap(([, template]) => {
    if (template === "") return passedOn();
    return templateOutcomes(template).map((outcome) => {
      const { text } = outcome;
      const schemaAs = (mediaType: string) =>
        text.trim() === "" ? undefined : schemaOfText(text, mediaType);
      return answer({ ...own, outcome, schemaAs }, parts);
    });
  });
}

interface AnswerParts {
  readonly status: number;
  readonly mapped: Answer["headers"];
  readonly mediaTypes: readonly string[];
  readonly outcome: Override;
  /** Undefined for an answer without a body. What a template is for does not decide what it is answered as. */
  readonly schemaAs: (mediaType: string) => Schema | undefined;
}

function answer(
  { status, mapped, mediaTypes, outcome, schemaAs }: AnswerParts,
  parts: ResponseParts,
): Answer {
  const headers = { ...REQUEST_ID_HEADERS, ...mapped };
  let types = mediaTypes;
  for (const [name, value] of Object.entries({ ...parts.override.headers, ...outcome.headers })) {
    const known = value.includes(UNKNOWN) ? { type: "string" } : { type: "string", enum: [value] };
    headers[responseHeaderName(name) ?? name] = known;
    if (isContentType(name) && !value.includes(UNKNOWN)) types = [value.replace(/;.*$/s, "")];
  }
  for (const name of Object.keys(headers).filter(isContentType)) Reflect.deleteProperty(headers, name);
  const bodies = types.flatMap((type) => {
    const schema = schemaAs(type);
    return schema === undefined ? [] : [[type, schema] as const];
  });
  const answered = outcome.status ?? parts.override.status ?? status;
  return {
    status: answered,
    when:
      parts.integration.type === "MOCK" ? "API Gateway answers without a backend" : meaning(parts, answered),
    headers,
    bodies: WITHOUT_BODY.has(answered) ? {} : Object.fromEntries(bodies),
  };
}

function isContentType(name: string): boolean {
  return name.toLowerCase() === "content-type";
}

function meaning({ integration, statuses }: ResponseParts, answered: number): string {
  const isS3 = isOfS3(integration);
  if (!isS3 && !isOfSqs(integration)) {
    return answered < 400 ? "its endpoint has answered" : "its endpoint has failed";
  }
  const actions = actionsOf(integration);
  const [only] = actions.length === 1 ? actions : [];
  const { done, refused, failed } = isS3 ? meaningsOfS3(integration.httpMethod) : meaningsOf(only);
  if (answered < 300) {
    return statuses.some((status) => status < 300) ? done : `${refused} all the same: check the body`;
  }
  if (answered === 403) return "the request is not allowed";
  if (answered === 429) return `${isS3 ? "S3" : "SQS"} throttles`;
  return answered < 500 ? refused : failed;
}

function mappedHeaders({ responseParameters }: IntegrationResponse): Answer["headers"] {
  return Object.fromEntries(
    Object.entries(responseParameters).flatMap(([key, expression]) => {
      const name = responseHeaderName(key.replace(/^method\.response\.header\./, ""));
      return name === undefined ? [] : [[name, headerSchema(expression)]];
    }),
  );
}

/** What SQS itself answers, which is passed on where there is no template. */
function backendSchema({ integration, statuses, mediaTypes }: ResponseParts): Schema | undefined {
  if (integration.type === "MOCK") return undefined;
  if (!isOfSqs(integration)) return {};
  if (!mediaTypes.every(isJson) || !answersJson(integration)) return {};
  const succeeds = statuses.some((status) => status < 300);
  const fails = statuses.some((status) => status >= 300);
  return anyOf([
    ...(succeeds ? actionsOf(integration).map(actionSchema) : []),
    ...(fails ? [SQS_ERROR] : []),
  ]);
}

function answersJson({ requestParameters }: Integration): boolean {
  const accept = Object.entries(requestParameters).find(([key]) => /\.header\.accept$/i.test(key))?.[1];
  return accept === undefined || accept === "'application/json'";
}

function actionSchema(action: string | undefined): Schema {
  return action === "SendMessage" ? SEND_MESSAGE_ANSWER : {};
}

function allOf(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: "object", properties, required: Object.keys(properties) };
}

const TEXT: Schema = { type: "string" };
const TEXT_OR_NULL: Schema = { type: ["string", "null"] };

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const SEND_MESSAGE_ANSWER: Schema = allOf({
  SendMessageResponse: allOf({
    ResponseMetadata: allOf({ RequestId: TEXT }),
    SendMessageResult: allOf({
      MD5OfMessageAttributes: TEXT_OR_NULL,
      MD5OfMessageBody: TEXT,
      MD5OfMessageSystemAttributes: TEXT_OR_NULL,
      MessageId: TEXT,
      SequenceNumber: TEXT_OR_NULL,
    }),
  }),
});

const SQS_ERROR: Schema = allOf({ Error: allOf({ Code: TEXT, Message: TEXT, Type: TEXT }), RequestId: TEXT });
