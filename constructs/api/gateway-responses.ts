import { ApiGatewayGatewayResponse } from "@cdktf/provider-aws/lib/api-gateway-gateway-response";
import { Construct } from "constructs";
import { gatewayResponseTemplate } from "../../mapping/error-template";
import { type Cors, gatewayResponseOrigin } from "./cors";
import { literal } from "../literal";
import type { RestApiReference } from "./target-api";

/** Props of {@link GatewayResponses}. */
export interface GatewayResponsesProps {
  readonly restApi: RestApiReference;
  /** @default - no other origin may read them */
  readonly cors?: Cors | undefined;
  /** Do the methods want a signature of IAM? To a call without one API Gateway says what it says where there is no method. */
  readonly isSigned: boolean;
}

interface OwnAnswer {
  readonly responseType: string;
  /** Instead of API Gateway's own text, where that may name the API, the account or the caller. */
  readonly message?: string;
  /** Only the two defaults have none: for the others AWS makes one up, which every later plan would take away again. */
  readonly statusCode?: string;
  /** Seconds. */
  readonly retryAfter?: number;
}

/** What is not listed falls back on the two defaults. */
function answers(isSigned: boolean): readonly OwnAnswer[] {
  return [
    { responseType: "DEFAULT_4XX" },
    { responseType: "DEFAULT_5XX", message: "The request could not be served." },
    { responseType: "ACCESS_DENIED", statusCode: "403", message: "Access is denied." },
    { responseType: "INVALID_SIGNATURE", statusCode: "403", message: "The signature is not valid." },
    {
      responseType: "MISSING_AUTHENTICATION_TOKEN",
      statusCode: "403",
      message: `There is no such method at this path${isSigned ? ", or it wants a signature" : ""}.`,
    },
    {
      responseType: "THROTTLED",
      statusCode: "429",
      message: "Too many requests. Retry later.",
      retryAfter: 1,
    },
    {
      responseType: "INTEGRATION_FAILURE",
      message: "The queue is not available. Retry later.",
      statusCode: "503",
      retryAfter: 1,
    },
    {
      responseType: "INTEGRATION_TIMEOUT",
      message: "The queue did not answer in time. Retry later.",
      statusCode: "504",
      retryAfter: 1,
    },
  ];
}

/**
 * API Gateway's own errors in the shape of all others: a code, a message, the request id.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export class GatewayResponses extends Construct {
  constructor(scope: Construct, id: string, { restApi, cors, isSigned }: GatewayResponsesProps) {
    super(scope, id);
    for (const { responseType, message, statusCode, retryAfter } of answers(isSigned)) {
      const headers = {
        ...(retryAfter === undefined ? {} : { "gatewayresponse.header.Retry-After": `'${retryAfter}'` }),
        ...(cors
          ? { "gatewayresponse.header.Access-Control-Allow-Origin": gatewayResponseOrigin(cors) }
          : {}),
      };
      new ApiGatewayGatewayResponse(this, constructId(responseType), {
        restApiId: restApi.id,
        responseType,
        ...(statusCode === undefined ? {} : { statusCode }),
        responseTemplates: { "application/json": literal(gatewayResponseTemplate(message)) },
        responseParameters: headers,
      });
    }
  }
}

/** `ACCESS_DENIED` → `AccessDenied`. */
function constructId(responseType: string): string {
  return responseType
    .toLowerCase()
    .replace(/(^|_)([a-z0-9])/g, (_match, _before, letter: string) => letter.toUpperCase());
}
