/**
 * API Gateway's response types: each can be customized by a gateway response. `UNKNOWN_STAGE` and `URI_TOO_LONG` are
 * not among AWS's: API Gateway answers so before it knows an API.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export type ResponseType =
  | "ACCESS_DENIED"
  | "API_CONFIGURATION_ERROR"
  | "AUTHORIZER_CONFIGURATION_ERROR"
  | "AUTHORIZER_FAILURE"
  | "BAD_REQUEST_BODY"
  | "BAD_REQUEST_PARAMETERS"
  | "INTEGRATION_FAILURE"
  | "INTEGRATION_TIMEOUT"
  | "INVALID_API_KEY"
  | "INVALID_SIGNATURE"
  | "MISSING_AUTHENTICATION_TOKEN"
  | "QUOTA_EXCEEDED"
  | "REQUEST_TOO_LARGE"
  | "THROTTLED"
  | "UNAUTHORIZED"
  | "UNSUPPORTED_MEDIA_TYPE"
  | "UNKNOWN_STAGE"
  | "URI_TOO_LONG";

/** A request that API Gateway itself answers; `answer-gateway-error.ts` turns it into status, headers and body. */
export class GatewayError extends Error {
  public override readonly name = "GatewayError";
  public readonly responseType: ResponseType;
  /** `$context.error.message`; null prints as JSON's `null`. */
  public readonly text: string | null;
  /** `$context.error.validationErrorString`. */
  public readonly validationErrors?: string;

  /** @param text default: API Gateway's own for the response type */
  constructor(
    responseType: ResponseType,
    text: string | null = USUAL_TEXTS[responseType],
    options: { validationErrors?: string; cause?: unknown } = {},
  ) {
    super(`${responseType}: ${text ?? "null"}`, { cause: options.cause });
    this.responseType = responseType;
    this.text = text;
    if (options.validationErrors !== undefined) this.validationErrors = options.validationErrors;
  }
}

const USUAL_TEXTS: Readonly<Record<ResponseType, string | null>> = {
  ACCESS_DENIED: "User is not authorized to access this resource",
  API_CONFIGURATION_ERROR: "Internal server error",
  AUTHORIZER_CONFIGURATION_ERROR: null,
  AUTHORIZER_FAILURE: null,
  BAD_REQUEST_BODY: "Invalid request body",
  BAD_REQUEST_PARAMETERS: "Missing required request parameters",
  INTEGRATION_FAILURE: "Internal server error",
  INTEGRATION_TIMEOUT: "Endpoint request timed out",
  INVALID_API_KEY: "Forbidden",
  INVALID_SIGNATURE: "The request signature we calculated does not match the signature you provided.",
  MISSING_AUTHENTICATION_TOKEN: "Missing Authentication Token",
  QUOTA_EXCEEDED: "Limit Exceeded",
  REQUEST_TOO_LARGE: "Request Too Long",
  THROTTLED: "Too Many Requests",
  UNAUTHORIZED: "Unauthorized",
  UNSUPPORTED_MEDIA_TYPE: "Unsupported Media Type",
  UNKNOWN_STAGE: "Forbidden",
  URI_TOO_LONG: "Request-URI Too Long",
};

/** API Gateway's answer to a configuration that does not work, whatever is wrong with it. */
export function internalServerError(cause?: unknown): GatewayError {
  return new GatewayError("API_CONFIGURATION_ERROR", undefined, { cause });
}
