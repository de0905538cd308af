import { randomBytes, randomUUID } from "node:crypto";
import { executeApiDomain } from "../../aws/partition";
import type { RestApi } from "../terraform/stack-model";
import type { IncomingRequest } from "./request";

/**
 * `$context` of one request. Templates write to the overrides, and may add keys of their own.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- an interface could not be read as a dictionary
export type RequestContext = {
  readonly accountId: string;
  readonly apiId: string;
  readonly authorizer: Record<string, unknown>;
  deploymentId: string;
  readonly domainName: string;
  readonly domainPrefix: string;
  readonly extendedRequestId: string;
  readonly httpMethod: string;
  /** Only where the stage has a canary. */
  isCanaryRequest?: boolean;
  readonly identity: Readonly<ReturnType<typeof newIdentity>> & { apiKey?: string; apiKeyId?: string };
  operationName?: string;
  readonly path: string;
  readonly protocol: string;
  readonly requestId: string;
  readonly requestOverride: {
    readonly header: Record<string, unknown>;
    readonly path: Record<string, unknown>;
    readonly querystring: Record<string, unknown>;
  };
  readonly requestTime: string;
  readonly requestTimeEpoch: number;
  resourceId: string;
  resourcePath: string;
  readonly responseOverride: { readonly header: Record<string, unknown>; readonly status?: unknown };
  stage: string;
};

/**
 * `$context` before the request has found its method.
 * @param chosenId what the caller sent as `x-amzn-RequestId`
 */
export function newContext(
  api: RestApi,
  request: Pick<IncomingRequest, "method" | "path" | "protocol" | "sourceIp" | "domain">,
  userAgent: string | undefined,
  chosenId?: string,
): RequestContext {
  const now = Date.now();
  const domainName = request.domain?.name ?? executeApiDomain(api.id, api.region);
  return {
    accountId: api.accountId,
    apiId: api.id,
    authorizer: {},
    deploymentId: "",
    domainName,
    domainPrefix: domainName.split(".")[0] ?? "",
    extendedRequestId: newExtendedRequestId(),
    httpMethod: request.method,
    identity: newIdentity(request.sourceIp, userAgent ?? null, api.vpcEndpointIds?.[0] ?? null),
    path: request.domain?.path ?? request.path,
    protocol: request.protocol,
    requestId: requestId(chosenId),
    requestOverride: { header: {}, path: {}, querystring: {} },
    requestTime: formatRequestTime(now),
    requestTimeEpoch: now,
    resourceId: "",
    resourcePath: "",
    responseOverride: { header: {} },
    stage: "",
  };
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/**
 * The caller's, where that is a UUID. For another text there is AWS's own in the access log; that the answer and the templates have
 * the same, and what an empty text is, is not recorded.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
function requestId(chosen = ""): string {
  if (chosen === "") return randomUUID();
  return UUID.test(chosen) ? chosen : "UUID_REPLACED_INVALID_REQUEST_ID";
}

/** `$context.identity` before its caller is known: null is what would need an identity pool of Cognito, or a private API. */
function newIdentity(sourceIp: string, userAgent: string | null, vpceId: string | null) {
  const unknown = null as string | null;
  return {
    accessKey: unknown,
    accountId: unknown,
    caller: unknown,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    sourceIp,
    user: unknown,
    userAgent,
    userArn: unknown,
    vpceId,
  };
}

// One block of randomness serves many requests: a system call for each would cost more than the rest.
const ID_BYTES = 11;
const pool = Buffer.alloc(ID_BYTES * 512);
let used = pool.length;

/** 15 characters of base64 for URLs and a `=`; the answer's `x-amz-apigw-id`. Observed on AWS, as in `S-D5rG9QFiAFnVg=`. */
function newExtendedRequestId(): string {
  if (used === pool.length) {
    randomBytes(pool.length).copy(pool);
    used = 0;
  }
  used += ID_BYTES;
  return `${pool.toString("base64url", used - ID_BYTES, used)}=`;
}

/** A new `X-Amzn-Trace-Id`: the time, and the first 24 hexadecimal digits of the request's id, unless the caller chose that. */
export function newTraceId({ requestId, requestTimeEpoch }: RequestContext, chosenId?: string): string {
  const id = chosenId === undefined ? requestId : randomUUID();
  const digits = id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18) + id.slice(19, 23) + id.slice(24, 28);
  return `Root=1-${Math.floor(requestTimeEpoch / 1000).toString(16)}-${digits}`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
let lastSecond = -1;
let lastText = "";

/** A time as `$context.requestTime` has it: Common Log Format, UTC, such as `25/Nov/2026:00:12:07 +0000`. */
function formatRequestTime(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000);
  if (second !== lastSecond) {
    const date = new Date(milliseconds);
    const day = String(date.getUTCDate()).padStart(2, "0");
    const time = date.toISOString().slice(11, 19);
    lastText = `${day}/${MONTHS[date.getUTCMonth()] ?? ""}/${date.getUTCFullYear()}:${time} +0000`;
    lastSecond = second;
  }
  return lastText;
}
