import { internalServerError } from "../gateway-error";
import type { IntegrationRequest } from "../integration-request";
import type { EndpointResponse } from "../integration-response";

/**
 * The MOCK integration: the mapped request names the status, as a number in `{"statusCode": 200}`; anything else is an
 * error. `statusCode` may stand without quotes.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 */
export function mockIntegration(request: IntegrationRequest): EndpointResponse {
  const text = request.body.toString();
  const status = statusOfJson(text) ?? statusOfText(text);
  if (typeof status !== "number") throw internalServerError();
  return { status, headers: [], body: "" };
}

function statusOfJson(text: string): unknown {
  try {
    return (JSON.parse(text) as { statusCode?: unknown } | null)?.statusCode ?? null;
  } catch {
    return undefined;
  }
}

function statusOfText(text: string): number | undefined {
  const digits = /^\s*\{\s*statusCode\s*:\s*(\d{3})\s*[,}]/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
