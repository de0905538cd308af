import { parsePayload } from "../lambda/function-invoker";
import { fillUri } from "../terraform/sqs-target";
import type { Integration, RestApi } from "../terraform/stack-model";
import { badGateway } from "./gateway-error";
import type { MapRequest } from "./integration-request";
import { type MapResponse, usualHeaders } from "./integration-response";
import { eventOf } from "./lambda-event";
import { binaryTest, decodeBase64, mediaType } from "./payload";
import { type HeaderList, requireValidHeader, responseHeaderName } from "./response";
import type { RoutedRequest } from "./routing";

/**
 * The event of a Lambda proxy integration, format 1.0. Mapped parameters and templates have no part in it: recorded on AWS. Left out:
 * the headers that CloudFront adds in front of edge-optimized APIs.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format
 */
export function prepareProxyRequest(api: RestApi, integration: Integration): MapRequest {
  const isBinary = binaryTest(api.binaryMediaTypes);
  return (request) => {
    const isBase64Encoded = isBinary(mediaType(request.contentType)) && request.incoming.body.length > 0;
    const body = isBase64Encoded ? request.incoming.body.toString("base64") : request.body;
    const { headers, multiValueHeaders, requestContext, ...parts } = eventOf(request, pathOf(request));
    const event = {
      ...parts,
      headers: withoutHidden(headers),
      multiValueHeaders: withoutHidden(multiValueHeaders),
      requestContext: { ...requestContext, ...whoCalls(request) },
      body: body === "" ? null : body,
      isBase64Encoded,
    };
    return {
      uri: fillUri(integration.uri, {}, request.stageVariables),
      httpMethod: integration.httpMethod,
      headers: {},
      query: {},
      body: JSON.stringify(event),
      timeoutInMillis: integration.timeoutInMillis,
    };
  };
}

/** Recorded: slashes behind the stage become one, others stay. Through a custom domain it begins with the base path. */
function pathOf({ incoming }: RoutedRequest): string {
  if (incoming.domain !== undefined) return incoming.domain.path;
  return incoming.path.replace(/^\/*[^/]*\/*/, "/");
}

const HIDDEN: ReadonlySet<string> = new Set(["connection", "content-length"]);

/** Recorded: two headers do not reach the function. */
function withoutHidden<Value>(headers: Readonly<Record<string, Value>> | null): Record<string, Value> {
  const seen = Object.entries(headers ?? {}).filter(([name]) => !HIDDEN.has(name.toLowerCase()));
  return Object.fromEntries(seen);
}

/** Recorded: without an authorizer there is no key of it, and without a VPC endpoint none of that. */
function whoCalls({ context: { authorizer, identity } }: RoutedRequest) {
  const { vpceId, ...others } = identity;
  return {
    identity: vpceId === null ? others : identity,
    ...(Object.keys(authorizer).length > 0 && { authorizer }),
  };
}

/**
 * The caller's answer by what the function returned; what is none is 502. Recorded on AWS, as far as a test of the project says so; that
 * numbers may stand for texts, as they do for a status, is inferred.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format
 */
export function prepareProxyResponse(api: RestApi): MapResponse {
  const isBinary = binaryTest(api.binaryMediaTypes);
  return ({ body: payload }, request) => {
    const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = readAnswer(payload.toString());
    const accepts = mediaType(request.sentHeaders.lastIgnoringCase("accept"));
    return {
      status: statusCode,
      headers: [...usualHeaders(request, true), ...sentHeaders(headers, multiValueHeaders)],
      body: isBase64Encoded && isBinary(accepts) ? decodeBase64(body) : body,
    };
  };
}

interface ProxyAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly multiValueHeaders: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

const KEYS = ["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"];

function readAnswer(payload: string): ProxyAnswer {
  const answer = objectIn(parsePayload(payload), "The function's result");
  const unknown = Object.keys(answer).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) {
    throw badGateway(`The function's result has a key that it must not have: ${unknown}`);
  }
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = answer;
  return {
    statusCode: readStatus(statusCode ?? 200),
    headers: textsIn(headers ?? {}, "headers"),
    multiValueHeaders: Object.fromEntries(
      Object.entries(objectIn(multiValueHeaders ?? {}, "multiValueHeaders")).map(([name, values]) => {
        if (!Array.isArray(values)) throw badGateway(`multiValueHeaders.${name} is no list`);
        return [name, values.map((value) => textOf(value, `multiValueHeaders.${name}`))];
      }),
    ),
    body: textOf(body ?? "", "body"),
    isBase64Encoded: isBase64Encoded === true || isBase64Encoded === "true",
  };
}

function objectIn(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw badGateway(`${what} is no JSON object`);
}

function readStatus(value: unknown): number {
  const status = typeof value === "number" || typeof value === "string" ? Number(value) : NaN;
  if (Number.isInteger(status) && status >= 100 && status <= 999) return status;
  throw badGateway(`statusCode is no status: ${JSON.stringify(value)}`);
}

function textsIn(value: unknown, what: string): Record<string, string> {
  const entries = Object.entries(objectIn(value, what)).filter(([, item]) => item !== null);
  return Object.fromEntries(entries.map(([name, item]) => [name, textOf(item, `${what}.${name}`)]));
}

function textOf(value: unknown, what: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw badGateway(`${what} is no text`);
}

/** Recorded: several values come first, and decide in what letters the name is sent. */
function sentHeaders(single: ProxyAnswer["headers"], several: ProxyAnswer["multiValueHeaders"]): HeaderList {
  const merged = Object.entries(several).map(([name, values]): [string, string[]] => [name, [...values]]);
  for (const [name, value] of Object.entries(single)) {
    const same = merged.find(([other]) => other.toLowerCase() === name.toLowerCase());
    if (same === undefined) merged.push([name, [value]]);
    else same[1].push(value);
  }
  const headers: HeaderList = merged.flatMap(([name, values]) => {
    const sentName = responseHeaderName(name);
    if (sentName === undefined) return [];
    return values.map((value) => {
      requireValidHeader(sentName, value);
      return [sentName, value] as const;
    });
  });
  const isTyped = headers.some(([name]) => name.toLowerCase() === "content-type");
  return isTyped ? headers : [...headers, ["Content-Type", "application/json"]];
}
