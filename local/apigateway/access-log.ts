import { accessLogFormat } from "../../aws/access-log-format";
import type { RestApi } from "../terraform/stack-model";
import type { GatewayError } from "./gateway-error";
import { errorVariables } from "./gateway-responses";
import type { EndpointResponse } from "./integration-response";
import type { ReceivedRequest } from "./request";
import type { OutgoingResponse } from "./response";

/** Starts the entry of a request. */
export type OpenEntry = (received: ReceivedRequest) => AccessLogEntry;

/**
 * The access log of an API: a line for each request, in the format of its stage. A stage without one, and a request that reaches
 * no stage, which AWS does not log, have the line that the stacks write by default.
 *
 * Left out: variables of WAF, of `authorizer` and `authorize` but for what the authorizer gives, and of base paths. They print
 * `-`, as everything does that has no value.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export function prepareAccessLog(api: RestApi): OpenEntry {
  const usual = prepareFormat(accessLogFormat());
  const stages = new Map(
    api.stages.map(({ name, accessLogFormat: format, isTraced }) => [
      name,
      { render: format === undefined ? usual : prepareFormat(format), isTraced },
    ]),
  );
  return (received) =>
    new AccessLogEntry(received, () => stages.get(received.context.stage) ?? { render: usual });
}

interface LoggedStage {
  readonly render: Render;
  /** Is X-Ray on? */
  readonly isTraced?: boolean;
}

/** Gathers what an access log tells of one request. */
export class AccessLogEntry {
  private readonly started = performance.now();
  private calledAt: number | undefined;
  private integration: Readonly<Record<string, unknown>> = {};
  private error: Readonly<Record<string, unknown>> = {};

  constructor(
    private readonly received: ReceivedRequest,
    private readonly stage: () => LoggedStage,
  ) {}

  /** The integration's endpoint is called now. */
  public calling(): void {
    this.calledAt = performance.now();
  }

  /** That a MOCK integration has a status and a latency is not recorded. */
  public integrated({ status, headers }: EndpointResponse): void {
    const requestId = headers.find(([name]) => name.toLowerCase() === "x-amzn-requestid")?.[1];
    this.integration = { status, integrationStatus: status, requestId, latency: this.integrationLatency() };
    this.calledAt = undefined;
  }

  /** That an endpoint without an answer has a latency and an error is not recorded. */
  public failed(error: GatewayError): void {
    this.error = errorVariables(error);
    if (this.calledAt === undefined) return;
    this.integration = { error: error.text, latency: this.integrationLatency() };
  }

  /** The line, without a newline. */
  public line({ status, body }: OutgoingResponse): string {
    const { render, isTraced = false } = this.stage();
    const { integration } = this;
    const own = {
      status,
      responseLatency: Math.round(performance.now() - this.started),
      responseLength: Buffer.byteLength(body),
      integration,
      integrationStatus: integration.status,
      integrationLatency: integration.latency,
      integrationErrorMessage: integration.error,
      awsEndpointRequestId: integration.requestId,
      error: this.error,
      // Whether it has a value where X-Ray is off is not recorded.
      xrayTraceId: isTraced ? /Root=([^;]+)/.exec(this.received.traceId)?.[1] : undefined,
    };
    return render(own, this.received.context);
  }

  private integrationLatency(): number {
    return Math.round(performance.now() - (this.calledAt ?? this.started));
  }
}

type Variables = Readonly<Record<string, unknown>>;

/** @param own what only access logs have of `$context` */
type Render = (own: Variables, context: Variables) => string;

const VARIABLE = /\$context((?:\.\w+)+)/;

/** Only `$context` means something in a format. AWS refuses one of several lines; here the others follow in the first. */
function prepareFormat(format: string): Render {
  const parts = format
    .trimEnd()
    .replaceAll(/\s*\n\s*/g, " ")
    .split(VARIABLE);
  // Every second part is what VARIABLE found.
  const renders = parts.map((part, index): Render => (index % 2 === 0 ? () => part : reader(part)));
  return (own, context) => {
    let line = "";
    for (const render of renders) line += render(own, context);
    return line;
  };
}

function reader(place: string): Render {
  const [first = "", ...rest] = place.slice(1).split(".");
  // What a template wrote there: that an access log sees it has no evidence.
  if (first === "requestOverride" || first === "responseOverride") return () => "-";
  // AWS's own documentation has it in quotes already.
  const isQuoted = place === ".error.messageString";
  return (own, context) => {
    let value = memberOf(own, first) ?? memberOf(context, first);
    for (const key of rest) value = memberOf(value, key);
    const text = typeof value === "string" ? value : textOf(value);
    if (text === "") return "-";
    if (isQuoted) return visible(text);
    return HARMLESS.test(text) ? text : visible(JSON.stringify(text).slice(1, -1));
  };
}

function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Variables)[key];
}

function textOf(value: unknown): string {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** What is the same in a JSON string. That AWS escapes the rest was seen on a live stack and is promised nowhere. */
const HARMLESS = /^[ !#-[\]-~]*$/;

/** JSON without what some readers take for the end of a line, or terminals for a command. */
function visible(json: string): string {
  return json.replaceAll(
    /[\x7f-\x9f\u2028\u2029]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
