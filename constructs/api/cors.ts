import * as v from "valibot";
import { corsOrigin } from "../../mapping/cors-template";
import { CHECKSUM_HEADER } from "../../mapping/large-body-templates";
import type { ValueSource } from "../../mapping/value-source";
import { filledList, HEADER_NAME, list, object, oneOf, rule, text, wholeNumber } from "../schema";
import type { Checked } from "../setting";
import { type ApiKeySettings, sendsApiKey } from "./usage-plan";

const ORIGIN = text({
  pattern: "^([*]|https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?)$",
  allowed: 'an origin, or "*"',
  example: "https://app.example.com",
});

/** What `cors` holds. */
export const CORS_ENTRIES = {
  /** Origins such as `https://app.example.com`, or `["*"]`. */
  allowOrigins: v.pipe(
    filledList(ORIGIN, "origin", '["https://app.example.com"]'),
    v.check(
      (origins) => origins.length === 1 || !origins.includes("*"),
      rule("mixes * with origins", '["*"] alone, or origins', "Drop one or the other."),
    ),
  ),
  /**
   * Headers that a page may set. Without it: `Content-Type`, what the `authorization` of `auth-stack` reads, `x-api-key` where
   * callers send one, `requiredHeaders`, the headers that `secretHeader`, `messageGroupId`, `messageDeduplicationId`,
   * `messageDelaySeconds` and `queueBy` name, the checksum of `largeBodies`, `forwardHeaders`. A list of your own must hold those that a
   * request needs: all of these but `Content-Type` and `forwardHeaders`.
   */
  allowHeaders: v.optional(list(HEADER_NAME, '["Content-Type", "Authorization"]')),
  /** Methods that a page may use. Without it: those of the resource, `POST` and, with `receive`, `GET` and `DELETE`. */
  allowMethods: v.optional(
    list(oneOf(["POST", "GET", "DELETE", "OPTIONS"], "is not a method of this API", "Drop it."), '["POST"]'),
  ),
  /** How long a browser remembers the preflight's answer. */
  maxAgeSeconds: v.optional(wholeNumber(0, 86_400, "seconds"), 600),
};

/** Settings of cross-origin resource sharing. */
export const CORS_SETTINGS = {
  /**
   * Who may call from a browser. Preflights need no token. With several origins API Gateway's own errors are readable by
   * all: they hold a code, a message and a request id.
   */
  cors: v.optional(object(CORS_ENTRIES, '{ `allowOrigins`: ["https://app.example.com"] }')),
};

/** Who may call the API from a browser. */
export type Cors = NonNullable<Checked<typeof CORS_SETTINGS>["cors"]>;

/** Settings that name request headers. */
export interface HeaderSettings extends ApiKeySettings {
  readonly requiredHeaders?: readonly string[] | undefined;
  readonly secretHeader?: string | undefined;
  readonly messageGroupId?: ValueSource | undefined;
  readonly messageDeduplicationId?: ValueSource | undefined;
  readonly queueBy?: ValueSource | undefined;
  readonly messageDelaySeconds?: ValueSource | undefined;
  readonly forwardHeaders?: readonly string[] | undefined;
  readonly largeBodies?: boolean | object | undefined;
}

/** The request headers that the settings and the authorization ask for. */
export function neededHeaders(settings: HeaderSettings, authorizerHeaders: readonly string[]): string[] {
  const { requiredHeaders = [], secretHeader, largeBodies, ...others } = settings;
  const { messageGroupId, messageDeduplicationId, messageDelaySeconds, queueBy } = others;
  const sources = [messageGroupId, messageDeduplicationId, messageDelaySeconds, queueBy].filter(
    (source) => source !== undefined,
  );
  return [
    ...authorizerHeaders,
    ...(sendsApiKey(settings) ? ["x-api-key"] : []),
    ...requiredHeaders,
    ...(secretHeader === undefined ? [] : [secretHeader]),
    ...sources.flatMap((source) => ("header" in source ? [source.header] : [])),
    ...(largeBodies ? [CHECKSUM_HEADER] : []),
  ];
}

/** The request headers that a page may set: those that the settings ask for or forward, each once in any case. */
export function allowedHeaders(settings: HeaderSettings, authorizerHeaders: readonly string[]): string[] {
  const { forwardHeaders = [] } = settings;
  const names = ["Content-Type", ...neededHeaders(settings, authorizerHeaders), ...forwardHeaders];
  const keys = names.map((name) => name.toLowerCase());
  return names.filter((name, index) => keys.indexOf(name.toLowerCase()) === index);
}

/** How {@link Cors} reach an integration response: a header of its own, or one that a template sets. */
export interface CrossOrigin {
  /** Mapped headers, without the `method.response.header.` before their names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Goes before the response template; empty where the header says all. */
  readonly templatePrefix: string;
}

/** For what no page of another origin calls. */
export const NO_CROSS_ORIGIN: CrossOrigin = { headers: {}, templatePrefix: "" };

/** One origin, or `*`, is a constant header; of several, a template names the one that asked. */
export function crossOrigin(cors: Cors | undefined): CrossOrigin {
  if (!cors) return NO_CROSS_ORIGIN;
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
export function gatewayResponseOrigin({ allowOrigins }: Cors): string {
  const [origin = ""] = allowOrigins;
  return allowOrigins.length === 1 ? `'${origin}'` : "'*'";
}
