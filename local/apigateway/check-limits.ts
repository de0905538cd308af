import { GatewayError } from "./gateway-error";
import type { IncomingRequest } from "./http-message";

/** Bytes of a payload, decompressed. */
export const payloadLimit = 10 * 1024 * 1024;

const HEADER_LIMIT = 10_240;

/**
 * The size that API Gateway allows for the request line and all headers together.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export function checkLimits(request: IncomingRequest): void {
  let size = request.path.length + request.queryString.length;
  for (const text of request.headers) size += text.length;
  if (size > HEADER_LIMIT) throw new GatewayError("REQUEST_TOO_LARGE");
}
