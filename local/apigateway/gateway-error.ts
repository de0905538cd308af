import { messageOf } from "../../errors/mistake";
/** How API Gateway words an error. */
interface UsualAnswer {
  readonly status: number;
  /** `x-amzn-ErrorType`. */
  readonly errorType: string;
  /** `$context.error.message`; null prints as JSON's `null`. */
  readonly text: string | null;
  /** What stands before the text: answers that IAM words have a capital, errors from request validation on a space. */
  readonly opening: string;
}

const PLAIN = '{"message":';
const SPACED = '{"message": ';
const CAPITAL = '{"Message":';
const FAILURE = "Internal server error";

/**
 * API Gateway's response types: each can be customized by a gateway response. `ENDPOINT_DISABLED`, whose body has no
 * recording, `UNKNOWN_STAGE` and `URI_TOO_LONG` are not among AWS's: API Gateway answers so before it knows an API. Wordings, capital letters and spaces included, are
 * those seen on AWS.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const USUAL_ANSWERS = {
  ACCESS_DENIED: usual(
    403,
    "AccessDeniedException",
    "User is not authorized to access this resource",
    CAPITAL,
  ),
  API_CONFIGURATION_ERROR: usual(500, "InternalServerErrorException", FAILURE, SPACED),
  AUTHORIZER_CONFIGURATION_ERROR: usual(500, "AuthorizerConfigurationException", null),
  AUTHORIZER_FAILURE: usual(500, "AuthorizerConfigurationException", null),
  BAD_REQUEST_BODY: usual(400, "BadRequestException", "Invalid request body", SPACED),
  BAD_REQUEST_PARAMETERS: usual(400, "BadRequestException", "Missing required request parameters", SPACED),
  DEFAULT_5XX: usual(502, "InternalServerErrorException", FAILURE, SPACED),
  EXPIRED_TOKEN: usual(403, "ExpiredTokenException", "The security token included in the request is expired"),
  INTEGRATION_FAILURE: usual(504, "InternalServerErrorException", FAILURE, SPACED),
  INTEGRATION_TIMEOUT: usual(504, "InternalServerErrorException", "Endpoint request timed out", SPACED),
  INVALID_API_KEY: usual(403, "ForbiddenException", "Forbidden"),
  INVALID_SIGNATURE: usual(
    403,
    "IncompleteSignatureException",
    "The request signature we calculated does not match the signature you provided.",
  ),
  MISSING_AUTHENTICATION_TOKEN: usual(
    403,
    "MissingAuthenticationTokenException",
    "Missing Authentication Token",
  ),
  QUOTA_EXCEEDED: usual(429, "LimitExceededException", "Limit Exceeded"),
  REQUEST_TOO_LARGE: usual(413, "RequestTooLargeException", "Request Too Long"),
  THROTTLED: usual(429, "TooManyRequestsException", "Too Many Requests"),
  UNAUTHORIZED: usual(401, "UnauthorizedException", "Unauthorized"),
  UNSUPPORTED_MEDIA_TYPE: usual(415, "BadRequestException", "Unsupported Media Type", SPACED),
  ENDPOINT_DISABLED: usual(403, "ForbiddenException", "Forbidden"),
  UNKNOWN_STAGE: usual(403, "ForbiddenException", "Forbidden"),
  URI_TOO_LONG: usual(414, "RequestUriTooLongException", "Request-URI Too Long"),
};

function usual(status: number, errorType: string, text: string | null, opening = PLAIN): UsualAnswer {
  return { status, errorType, text, opening };
}

export type ResponseType = keyof typeof USUAL_ANSWERS;

/** A request that API Gateway itself answers; `gateway-responses.ts` turns it into status, headers and body. */
export class GatewayError extends Error {
  public override readonly name = "GatewayError";
  /** `$context.error.validationErrorString`. */
  public readonly validationErrors: string | undefined;
  /** `x-amzn-ErrorType`. */
  public readonly errorType: string;

  /** @param text default: API Gateway's own for the response type */
  constructor(
    public readonly responseType: ResponseType,
    public readonly text: string | null = USUAL_ANSWERS[responseType].text,
    { validationErrors, errorType, cause }: GatewayErrorOptions = {},
  ) {
    super(`${responseType}: ${text ?? "null"}`, { cause });
    this.validationErrors = validationErrors;
    this.errorType = errorType ?? USUAL_ANSWERS[responseType].errorType;
  }

  /** What is answered where the API has no gateway response for it. */
  public get usual(): UsualAnswer {
    return USUAL_ANSWERS[this.responseType];
  }
}

interface GatewayErrorOptions {
  readonly validationErrors?: string;
  /** @default API Gateway's usual one for the response type */
  readonly errorType?: string;
  readonly cause?: unknown;
}

/** API Gateway's answer to a configuration that does not work, whatever is wrong with it. */
export function internalServerError(cause?: unknown): GatewayError {
  return new GatewayError("API_CONFIGURATION_ERROR", undefined, { cause });
}

/** API Gateway's answer to a function that fails, or whose result it can't read. Recorded on AWS. */
export function badGateway(reason: string): GatewayError {
  return new GatewayError("DEFAULT_5XX", undefined, { cause: new Error(reason) });
}

/** Runs a preparation; what it throws is told with the Terraform address of what it prepared. */
export function atAddress<Result>(address: string, prepare: () => Result): Result {
  try {
    return prepare();
  } catch (error) {
    const reason = messageOf(error);
    throw new Error(`${address}: ${reason}`, { cause: error });
  }
}

/** An endpoint that did not answer, in time or at all. */
export function unanswered(cause: unknown, isTimeout: boolean): GatewayError {
  return new GatewayError(isTimeout ? "INTEGRATION_TIMEOUT" : "INTEGRATION_FAILURE", undefined, { cause });
}
