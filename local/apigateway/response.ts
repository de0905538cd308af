import { shown } from "../../errors/mistake";
import { internalServerError } from "./gateway-error";

/** What the caller is answered. */
export interface OutgoingResponse {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: string | Buffer;
}

/** Names and values in the order in which they are sent; a name may occur more than once. */
export type HeaderList = (readonly [name: string, value: string])[];

/**
 * Headers that API Gateway renames in a response to `x-amzn-Remapped-<name>`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const REMAPPED: ReadonlySet<string> = new Set([
  "authorization",
  "connection",
  "content-length",
  "content-md5",
  "date",
  "expect",
  "host",
  "max-forwards",
  "proxy-authenticate",
  "server",
  "trailer",
  "upgrade",
  "user-agent",
  "www-authenticate",
]);

/** The name under which a mapped response header is sent; undefined where API Gateway drops it. */
export function responseHeaderName(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (lower === "transfer-encoding") return undefined;
  return REMAPPED.has(lower) ? `x-amzn-Remapped-${name}` : name;
}

const VALID_NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
const INVALID_VALUE = /[\0-\x08\x0a-\x1f\x7f]/;

/** A header that HTTP can't carry, such as one with a line break in it, is an error and never a second header. */
export function requireValidHeader(name: string, value: string): void {
  if (!VALID_NAME.test(name)) {
    throw internalServerError(new Error(`HTTP has no header of this name: ${shown(name)}`));
  }
  if (INVALID_VALUE.test(value)) {
    throw internalServerError(new Error(`HTTP has no such value of the header ${name}: ${shown(value)}`));
  }
}
