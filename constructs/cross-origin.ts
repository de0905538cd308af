import { corsOrigin } from "../mapping/cors-template";
import type { ValueSource } from "../mapping/value-source";

/** Who may call the API from a browser. */
export interface CorsOptions {
  /** Origins such as `https://app.example.com`, or `*` alone. */
  readonly allowOrigins: readonly string[];
  /** @default - `Content-Type`, and the headers that the other options name */
  readonly allowHeaders?: readonly string[];
  /** @default ["POST", "OPTIONS"] */
  readonly allowMethods?: readonly string[];
  /**
   * Seconds for which a browser remembers the preflight's answer, 0 to 86,400.
   * @default 600
   */
  readonly maxAgeSeconds?: number;
}

/** Options that name request headers. */
export interface HeaderOptions {
  readonly requiredHeaders?: readonly string[];
  readonly messageGroupId?: ValueSource;
  readonly messageDeduplicationId?: ValueSource;
  readonly forwardHeaders?: readonly string[];
  /** Is there an authorizer, which reads `Authorization`? */
  readonly authorizer?: unknown;
}

/** The request headers that the options ask for. */
export function neededHeaders(options: HeaderOptions): string[] {
  const { requiredHeaders = [], messageGroupId, messageDeduplicationId, authorizer } = options;
  const sources = [messageGroupId, messageDeduplicationId].filter((source) => source !== undefined);
  return [
    ...(authorizer ? ["Authorization"] : []),
    ...requiredHeaders,
    ...sources.flatMap((source) => ("header" in source ? [source.header] : [])),
  ];
}

/** The request headers that a page may set: those that the options ask for or forward, each once in any case. */
export function allowedHeaders(options: HeaderOptions): string[] {
  const { forwardHeaders = [] } = options;
  const names = ["Content-Type", ...neededHeaders(options), ...forwardHeaders];
  const keys = names.map((name) => name.toLowerCase());
  return names.filter((name, index) => keys.indexOf(name.toLowerCase()) === index);
}

/** How {@link CorsOptions} reach an integration response: a header of its own, or one that a template sets. */
export interface CrossOrigin {
  /** Mapped headers, without the `method.response.header.` before their names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Goes before the response template; empty where the header says all. */
  readonly templatePrefix: string;
}

/** One origin, or `*`, is a constant header; of several, a template names the one that asked. */
export function crossOrigin(cors: CorsOptions | undefined): CrossOrigin {
  if (!cors) return { headers: {}, templatePrefix: "" };
  const templatePrefix = corsOrigin(cors.allowOrigins);
  const [origin = ""] = cors.allowOrigins;
  return {
    headers: templatePrefix === "" ? { "Access-Control-Allow-Origin": `'${origin}'` } : {},
    templatePrefix,
  };
}

/**
 * API Gateway's own errors can't choose by the request's origin: with several origins, all may read them. They hold
 * nothing but a code, a message and a request id.
 */
export function gatewayResponseOrigin({ allowOrigins }: CorsOptions): string {
  const [origin = ""] = allowOrigins;
  return allowOrigins.length === 1 ? `'${origin}'` : "'*'";
}
