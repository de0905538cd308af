import { ApiGatewayGatewayResponse } from "@cdktf/provider-aws/lib/api-gateway-gateway-response";
import { Construct } from "constructs";
import * as v from "valibot";
import { gatewayResponseTemplate } from "../../mapping/error-template";
import { type Cors, gatewayResponseOrigin } from "./cors";
import { literal } from "../literal";
import { text } from "../schema";
import type { RestApiReference } from "./target-api";

/** Settings of API Gateway's own answers. */
export const GATEWAY_RESPONSE_SETTINGS = {
  /**
   * Header `WWW-Authenticate` of a 401, for callers that send their credentials only when they are asked. Without it `auth-stack` asks
   * the senders of `webhook` that want it, SNS and Twilio, for a user name and password: `Basic realm="webhooks"`.
   */
  wwwAuthenticate: v.optional(
    text({
      pattern: '^[A-Za-z]+( [A-Za-z0-9=", ._-]+)?$',
      allowed: "a scheme of HTTP authentication with its parameters",
      example: "Bearer",
    }),
  ),
};

/** Props of {@link GatewayResponses}. */
export interface GatewayResponsesProps {
  readonly restApi: RestApiReference;
  /** @default - no other origin may read them */
  readonly cors?: Cors | undefined;
  /** Do the methods want a signature of IAM? To a call without one API Gateway says what it says where there is no method. */
  readonly isSigned: boolean;
  /** Is what passes by itself answered 503, and not 429? For callers that take a 4xx for final. */
  readonly throttledIs503: boolean;
  readonly wwwAuthenticate: string | undefined;
}

interface OwnAnswer {
  readonly responseType: string;
  /** Instead of API Gateway's own text, where that may name the API, the account or the caller. */
  readonly message?: string;
  /** Only the two defaults have none: for the others AWS makes one up, which every later plan would take away again. */
  readonly statusCode?: string;
  /** Static headers by name. */
  readonly headers?: Readonly<Record<string, string>>;
}

const RETRY = { "Retry-After": "1" };

/** What is not listed falls back on the two defaults. */
function answers({ isSigned, throttledIs503, wwwAuthenticate }: GatewayResponsesProps): readonly OwnAnswer[] {
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
      statusCode: throttledIs503 ? "503" : "429",
      message: "Too many requests. Retry later.",
      headers: RETRY,
    },
    ...(throttledIs503
      ? [{ responseType: "QUOTA_EXCEEDED", statusCode: "503", message: "The quota is used up. Retry later." }]
      : []),
    ...(wwwAuthenticate === undefined
      ? []
      : [
          {
            responseType: "UNAUTHORIZED",
            statusCode: "401",
            message: "Credentials are missing.",
            headers: { "WWW-Authenticate": wwwAuthenticate },
          },
        ]),
    {
      responseType: "INTEGRATION_FAILURE",
      message: "The queue is not available. Retry later.",
      statusCode: "503",
      headers: RETRY,
    },
    {
      responseType: "INTEGRATION_TIMEOUT",
      message: "The queue did not answer in time. Retry later.",
      statusCode: "504",
      headers: RETRY,
    },
  ];
}

/**
 * API Gateway's own errors in the shape of all others: a code, a message, the request id.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export class GatewayResponses extends Construct {
  constructor(scope: Construct, id: string, props: GatewayResponsesProps) {
    super(scope, id);
    const { restApi, cors } = props;
    for (const { responseType, message, statusCode, headers = {} } of answers(props)) {
      new ApiGatewayGatewayResponse(this, constructId(responseType), {
        restApiId: restApi.id,
        responseType,
        ...(statusCode === undefined ? {} : { statusCode }),
        responseTemplates: { "application/json": literal(gatewayResponseTemplate(message)) },
        responseParameters: {
          ...Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`]),
          ),
          ...(cors && {
            "gatewayresponse.header.Access-Control-Allow-Origin": gatewayResponseOrigin(cors),
          }),
        },
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
