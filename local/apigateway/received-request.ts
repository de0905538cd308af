import { executeApiDomain } from "../../aws/partition";
import type { RestApi } from "../terraform/stack-model";
import type { IncomingRequest } from "./http-message";
import type { MultiValues } from "./multi-values";
import { parseHeaders } from "./parse-headers";
import type { ParameterScope } from "./parameter-source";
import { parseQuery } from "./parse-query";
import type { RequestContext } from "./request-context";
import { newRequestIds } from "./request-id";
import { formatRequestTime } from "./request-time";
import { seenHeaders } from "./seen-headers";

const none: Readonly<Record<string, string>> = Object.freeze({});

/** A request that is read but has not found its method: what answers before that can refer to. */
export class ReceivedRequest implements ParameterScope {
  public readonly incoming: IncomingRequest;
  /** The caller's own headers. */
  public readonly sentHeaders: MultiValues;
  public readonly query: MultiValues;
  public readonly context: RequestContext;
  /** `X-Amzn-Trace-Id`: the caller's, or a new one. */
  public readonly traceId: string;
  public readonly receivedAt: number;
  public readonly pathParameters: Readonly<Record<string, string>> = none;
  public readonly stageVariables: Readonly<Record<string, string>> = none;
  private text: string | undefined;
  private allHeaders: MultiValues | undefined;

  constructor(
    parts: Pick<ReceivedRequest, "incoming" | "sentHeaders" | "query" | "context" | "traceId" | "receivedAt">,
  ) {
    this.incoming = parts.incoming;
    this.sentHeaders = parts.sentHeaders;
    this.query = parts.query;
    this.context = parts.context;
    this.traceId = parts.traceId;
    this.receivedAt = parts.receivedAt;
  }

  /** The payload read as UTF-8; bytes that are not become U+FFFD, as on API Gateway. */
  public get body(): string {
    this.text ??= this.incoming.body.toString("utf8");
    return this.text;
  }

  public get contentType(): string | undefined {
    return this.sentHeaders.lastIgnoringCase("content-type");
  }

  /** What templates, mappings and authorizers see. Put together only where one of them asks. */
  public get headers(): MultiValues {
    this.allHeaders ??= seenHeaders(this);
    return this.allHeaders;
  }
}

/** Reads a request as the API's front does, before it looks for a method. */
export function receive(api: RestApi, incoming: IncomingRequest): ReceivedRequest {
  const receivedAt = Date.now();
  const ids = newRequestIds(receivedAt);
  const sentHeaders = parseHeaders(incoming.headers);
  const context: RequestContext = {
    accountId: api.accountId,
    apiId: api.id,
    authorizer: {},
    deploymentId: "",
    domainName: executeApiDomain(api.id, api.region),
    domainPrefix: api.id,
    extendedRequestId: ids.extendedRequestId,
    httpMethod: incoming.method,
    identity: identityOf(incoming, sentHeaders),
    path: incoming.path,
    protocol: incoming.protocol,
    requestId: ids.requestId,
    requestOverride: { header: {}, path: {}, querystring: {} },
    requestTime: formatRequestTime(receivedAt),
    requestTimeEpoch: receivedAt,
    resourceId: "",
    resourcePath: "",
    responseOverride: { header: {} },
    stage: "",
  };
  const traceId = sentHeaders.lastIgnoringCase("x-amzn-trace-id") ?? `Root=${ids.traceRoot}`;
  return new ReceivedRequest({
    incoming,
    sentHeaders,
    query: parseQuery(incoming.queryString),
    context,
    traceId,
    receivedAt,
  });
}

function identityOf(incoming: IncomingRequest, headers: MultiValues): Record<string, string | null> {
  return {
    accessKey: null,
    accountId: null,
    caller: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    sourceIp: incoming.sourceIp,
    user: null,
    userAgent: headers.lastIgnoringCase("user-agent") ?? null,
    userArn: null,
  };
}
