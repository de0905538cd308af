import type { RestApi } from "../terraform/stack-model";
import { GatewayError } from "./gateway-error";
import { type MultiValues, parseHeaders, parseQuery } from "./multi-values";
import type { MappingScope } from "./parameter-mapping";
import { type RequestContext, newContext, newTraceId } from "./request-context";

/** One HTTP request to one stack's APIs, as the caller sent it. */
export interface IncomingRequest {
  readonly method: string;
  /** As sent, still percent-encoded, from the stage on: `/prod/sqs`. */
  readonly path: string;
  /** The whole path, where what names the API stands before the stage: signatures cover it. @default `path` */
  readonly sentPath?: string;
  /** What follows the `?`, as sent; empty without one. */
  readonly queryString: string;
  /** Names and values in turn, as Node's `rawHeaders`. */
  readonly headers: readonly string[];
  readonly body: Buffer;
  /** The payload before it was decompressed: signatures cover it. @default `body` */
  readonly sentBody?: Buffer;
  readonly sourceIp: string;
  /** The custom domain through which it comes. @default none, but the API's own URL */
  readonly domain?: RequestedDomain;
  /** Such as `HTTP/1.1`. */
  readonly protocol: string;
}

/** A custom domain, as the caller called it. */
interface RequestedDomain {
  readonly name: string;
  /** As sent, from the base path on. */
  readonly path: string;
}

const NONE: Readonly<Record<string, string>> = {};

/** A request that is read but has not found its method: what answers before that can refer to. */
export class ReceivedRequest implements MappingScope {
  /** Milliseconds since 1970. */
  public readonly receivedAt: number;
  public readonly pathParameters = NONE;
  public readonly stageVariables = NONE;
  private text: string | undefined;
  private allHeaders: MultiValues | undefined;

  constructor(
    public readonly incoming: IncomingRequest,
    /** The caller's own headers. */
    public readonly sentHeaders: MultiValues,
    public readonly query: MultiValues,
    public readonly context: RequestContext,
    /** `X-Amzn-Trace-Id`: the caller's, or a new one. */
    public readonly traceId: string,
  ) {
    this.receivedAt = context.requestTimeEpoch;
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
  const sentHeaders = parseHeaders(incoming.headers);
  const chosenId = sentHeaders.lastIgnoringCase("x-amzn-requestid");
  const context = newContext(api, incoming, sentHeaders.lastIgnoringCase("user-agent"), chosenId);
  const traceId = sentHeaders.lastIgnoringCase("x-amzn-trace-id") ?? newTraceId(context, chosenId);
  return new ReceivedRequest(incoming, sentHeaders, parseQuery(incoming.queryString), context, traceId);
}

const HEADER_LIMIT = 10_240;

/**
 * The size that API Gateway allows for the request line and all headers together.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export function checkHeaderSize(request: IncomingRequest): void {
  let size = request.path.length + request.queryString.length;
  for (const text of request.headers) size += text.length;
  if (size > HEADER_LIMIT) throw new GatewayError("REQUEST_TOO_LARGE");
}

const ADDED: ReadonlySet<string> = new Set([
  "host",
  "x-amzn-trace-id",
  "x-forwarded-for",
  "x-forwarded-port",
  "x-forwarded-proto",
]);

/**
 * The caller's headers and those that API Gateway adds; the caller's own `X-Forwarded-For` is kept in front of its
 * address. `Host`, port and scheme are those that a caller has on AWS, as `$context.domainName` is: not this machine's.
 * Left out: what CloudFront adds in front of edge-optimized APIs. That a caller's own `X-Forwarded-Port` and `-Proto`
 * are replaced has no recording.
 */
function seenHeaders({ incoming, context, traceId }: ReceivedRequest): MultiValues {
  const pairs: string[] = [];
  const addresses: string[] = [];
  for (let index = 0; index + 1 < incoming.headers.length; index += 2) {
    const name = incoming.headers[index] ?? "";
    const value = incoming.headers[index + 1] ?? "";
    const lowerCase = name.toLowerCase();
    if (lowerCase === "x-forwarded-for" && value !== "") addresses.push(value);
    if (!ADDED.has(lowerCase)) pairs.push(name, value);
  }
  addresses.push(incoming.sourceIp);
  pairs.push("Host", context.domainName, "X-Amzn-Trace-Id", traceId);
  pairs.push("X-Forwarded-For", addresses.join(", "));
  pairs.push("X-Forwarded-Port", "443", "X-Forwarded-Proto", "https");
  return parseHeaders(pairs);
}
