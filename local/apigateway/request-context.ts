/** `$context` of one request. Templates write to the overrides, and may add keys of their own. */
export interface RequestContext {
  readonly accountId: string;
  readonly apiId: string;
  authorizer: Record<string, unknown>;
  deploymentId: string;
  readonly domainName: string;
  readonly domainPrefix: string;
  readonly extendedRequestId: string;
  httpMethod: string;
  readonly identity: Record<string, string | null>;
  operationName?: string;
  readonly path: string;
  readonly protocol: string;
  readonly requestId: string;
  readonly requestOverride: {
    header: Record<string, unknown>;
    path: Record<string, unknown>;
    querystring: Record<string, unknown>;
  };
  readonly requestTime: string;
  readonly requestTimeEpoch: number;
  resourceId: string;
  resourcePath: string;
  readonly responseOverride: { header: Record<string, unknown>; status?: unknown };
  stage: string;
  error?: Record<string, unknown>;
  [key: string]: unknown;
}
