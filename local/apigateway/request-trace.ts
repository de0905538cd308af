import { SECRET_PARAMETERS } from "../iam/read-signature";
import type { Method, RestApi } from "../terraform/stack-model";
import type { Authorization } from "./authorization";
import { GatewayError } from "./gateway-error";
import type { IntegrationRequest } from "./integration-request";
import type { EndpointResponse } from "./integration-response";
import type { IncomingRequest, ReceivedRequest } from "./request";
import type { RequestContext } from "./request-context";
import type { HeaderList, OutgoingResponse } from "./response";
import type { RoutedRequest } from "./routing";

/** What happened to one request, step by step; steps that it did not reach are absent. Tokens and keys are masked. */
export interface RequestTrace {
  readonly requestId: string;
  /** ISO 8601. */
  readonly receivedAt: string;
  readonly request: Pick<IncomingRequest, "method" | "path" | "queryString"> & {
    readonly headers: HeaderList;
    readonly body: string;
  };
  readonly route?: {
    readonly stage: string;
    readonly resource: string;
    /** A verb or `ANY`. */
    readonly method: string;
    readonly pathParameters: Readonly<Record<string, string>>;
    readonly query: Readonly<Record<string, readonly string[]>>;
  };
  readonly authorization?: Pick<Authorization, "authorizer" | "cached">;
  /** What the integration's endpoint was to be sent. */
  readonly integrationRequest?: IntegrationRequest;
  /** What SQS was sent, in its JSON protocol, and what was answered in the form that the integration sees. */
  readonly backend?: { readonly sent?: unknown; readonly status: number; readonly body: string };
  /** What the mapping templates' author should know, such as a call of a method that does not exist. */
  readonly templateNotes?: readonly string[];
  /** `$context` as it was at the end. */
  readonly context: RequestContext;
  /** Why API Gateway itself answered. */
  readonly error?: { readonly responseType: string; readonly message: string; readonly cause?: string };
  readonly response: { readonly status: number; readonly headers: HeaderList; readonly body: string };
  /** Milliseconds from the request's arrival to the end of each step. */
  readonly timings: Readonly<Record<string, number>>;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Texts that request templates compare with: a header that has one of them may be a secret that lets its sender through. */
export type ExpectedTexts = ReadonlySet<string>;

export function expectedTexts({ resources }: RestApi): ExpectedTexts {
  const methods = resources.flatMap(({ methods: ofResource }) => Object.values(ofResource));
  const templates = methods.flatMap(({ integration }) => Object.values(integration.requestTemplates));
  return new Set(
    templates.flatMap((template) => [...template.matchAll(/== '([^']+)'/g)].map(([, text = ""]) => text)),
  );
}

/** Gathers the trace of one request. */
export class TraceRecorder {
  private readonly started = performance.now();
  private readonly timings: Record<string, number> = {};
  private readonly trace: Mutable<Omit<RequestTrace, "request" | "response" | "timings">>;
  private request: Omit<RequestTrace["request"], "body">;
  /** Its text is made where somebody wants it: that of ten million bytes takes longer than the rest of a request. */
  private payload: Pick<ReceivedRequest, "body">;
  private readonly rawHeaders: readonly string[];
  /** What is masked in the request's headers, and the authorizer's other sources: it may stand in later steps too. */
  public readonly secrets: string[];
  private templateNotes: ReadonlySet<string> = new Set();

  constructor(
    received: ReceivedRequest,
    private readonly expectedTexts: ExpectedTexts = new Set(),
  ) {
    const { incoming, query, context, receivedAt } = received;
    this.payload = received;
    this.secrets = [
      ...SECRET_PARAMETERS.flatMap((name) => query.all(name) ?? []),
      ...(expectedTexts.size === 0 ? [] : expectedTokens(query, expectedTexts)),
    ];
    this.rawHeaders = incoming.headers;
    this.trace = {
      context,
      requestId: context.requestId,
      receivedAt: new Date(receivedAt).toISOString(),
    };
    this.request = {
      method: incoming.method,
      path: incoming.path,
      queryString: incoming.queryString,
      headers: this.maskedHeaders(SECRET_HEADERS),
    };
  }

  public routed(request: RoutedRequest): void {
    const { stage, resource, method, pathParameters, query } = request;
    this.templateNotes = request.templateNotes;
    this.maskSources(method, query);
    this.payload = request;
    this.trace.route = {
      stage: stage.name,
      resource: resource.path,
      method: method.httpMethod,
      pathParameters,
      query: query.toMultiValues(),
    };
    this.timings.route = this.elapsed();
  }

  public authorized({ authorizer, cached }: Authorization): void {
    this.trace.authorization = { cached, ...(authorizer !== undefined && { authorizer }) };
    this.timings.authorize = this.elapsed();
  }

  public mapped(integrationRequest: IntegrationRequest): void {
    this.trace.integrationRequest = integrationRequest;
    this.timings.mapRequest = this.elapsed();
  }

  public integrated({ sent, status, body }: EndpointResponse): void {
    this.trace.backend = { sent, status, body: body.toString() };
    this.timings.integrate = this.elapsed();
  }

  public failed(error: unknown): void {
    if (!(error instanceof Error)) return;
    const cause = error.cause instanceof Error ? error.cause.message : undefined;
    this.trace.error = {
      responseType: error instanceof GatewayError ? error.responseType : "DEFAULT_5XX",
      message: error.message,
      ...(cause !== undefined && { cause }),
    };
  }

  public finish({ status, headers, body }: OutgoingResponse): RequestTrace {
    this.timings.answer = this.elapsed();
    const { payload } = this;
    return {
      ...this.trace,
      request: {
        ...this.request,
        get body() {
          return payload.body;
        },
      },
      ...(this.templateNotes.size > 0 && { templateNotes: [...this.templateNotes] }),
      response: { status, headers, body: body.toString() },
      timings: this.timings,
    };
  }

  private maskSources({ authorizer }: Method, query: RoutedRequest["query"]): void {
    const names = new Set(SECRET_HEADERS);
    for (const source of authorizer?.identitySources ?? []) {
      const [, place, name = ""] = /^method\.request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
      if (place === "header") names.add(name.toLowerCase());
      else if (place === "querystring") this.secrets.push(...(query.all(name) ?? []));
    }
    this.request = { ...this.request, headers: this.maskedHeaders(names) };
  }

  private maskedHeaders(secretNames: ReadonlySet<string>): HeaderList {
    const headers: HeaderList = [];
    for (let index = 0; index + 1 < this.rawHeaders.length; index += 2) {
      const name = this.rawHeaders[index] ?? "";
      const value = this.rawHeaders[index + 1] ?? "";
      const secret = secretNames.has(name.toLowerCase()) || this.expectedTexts.has(value);
      if (secret) this.secrets.push(value);
      headers.push([name, secret ? "***" : value]);
    }
    return headers;
  }

  private elapsed(): number {
    return Math.round((performance.now() - this.started) * 1000) / 1000;
  }
}

/** Parameters of a name such as `hub.verify_token` that have what a template compares them with. */
function expectedTokens(query: ReceivedRequest["query"], expected: ExpectedTexts): string[] {
  const tokens = Object.entries(query.toSingleValues()).filter(([name]) => /token|secret|key/i.test(name));
  return tokens.map(([, value]) => value).filter((value) => expected.has(value));
}

const SECRET_HEADERS: ReadonlySet<string> = new Set([
  "authorization",
  "x-api-key",
  "cookie",
  "proxy-authorization",
  "x-amz-security-token",
]);
