import type { LambdaApi } from "../lambda/function-invoker";
import type { S3Service } from "../s3/s3-service";
import type { SqsService } from "../sqs/sqs-service";
import { invokedFunction } from "../terraform/lambda-uri";
import { s3Target } from "../terraform/s3-target";
import { callingAccount } from "../terraform/sqs-target";
import type { Integration, Method, RestApi, StackModel } from "../terraform/stack-model";
import { atAddress, internalServerError } from "./gateway-error";
import { type MapRequest, prepareIntegrationRequest } from "./integration-request";
import { type CallIntegration, type MapResponse, prepareIntegrationResponse } from "./integration-response";
import { lambdaIntegration, lambdaProxyIntegration } from "./integrations/lambda";
import { mockIntegration } from "./integrations/mock";
import { notServedIntegration } from "./integrations/not-served";
import { s3Integration } from "./integrations/s3";
import { sqsIntegration } from "./integrations/sqs";
import { prepareProxyRequest, prepareProxyResponse } from "./lambda-proxy";
import { mayInvokeFunction, prepareBucketPermission, prepareQueuePermission } from "./permissions";
import type { Warn } from "./template/prepare-templates";

/** What integrations call. */
export interface IntegrationServices {
  readonly sqs: SqsService;
  /** Where objects are put. @default nowhere: methods that work with them are not served */
  readonly s3?: S3Service | undefined;
  /** Where the functions of integrations are invoked. @default nowhere: their methods are not served */
  readonly lambda?: LambdaApi | undefined;
  /** Stands in for an integration's own endpoint where it has one to give. */
  readonly standInFor?: ((integration: Integration) => CallIntegration | undefined) | undefined;
}

/** What a method does with a request that it lets through. */
export interface PreparedIntegration {
  readonly mapRequest: MapRequest;
  readonly callIntegration: CallIntegration;
  readonly mapResponse: MapResponse;
}

interface IntegrationParts extends IntegrationServices {
  readonly stack: StackModel;
  readonly api: RestApi;
  readonly warn: Warn;
}

/**
 * The integration of one method, ready to serve: its templates parsed, its patterns compiled.
 * @throws Error that names the Terraform address of what can't work.
 */
export function prepareIntegration(parts: IntegrationParts, method: Method): PreparedIntegration {
  const { api, warn } = parts;
  const { integration } = method;
  const { address } = integration;
  const reason = reasonNotServed(method, parts);
  if (reason !== undefined) return notServedIntegration(address, reason);
  const isProxy = integration.type === "AWS_PROXY";
  const mapRequest = atAddress(address, () =>
    isProxy ? prepareProxyRequest(api, integration) : prepareIntegrationRequest(api, integration, warn),
  );
  return {
    mapRequest: invokedFunction(integration.uri)
      ? onlyIfPermitted(parts, integration, mapRequest)
      : mapRequest,
    callIntegration: parts.standInFor?.(integration) ?? integrationCall(parts, integration),
    mapResponse: atAddress(address, () =>
      isProxy ? prepareProxyResponse(api) : prepareIntegrationResponse(api, method, warn),
    ),
  };
}

/** What may be invoked can depend on the request. */
function onlyIfPermitted(
  { stack, api }: IntegrationParts,
  integration: Integration,
  mapRequest: MapRequest,
): MapRequest {
  return (request) => {
    const mapped = mapRequest(request);
    const functionArn = invokedFunction(mapped.uri) ?? "";
    if (mayInvokeFunction(stack, api, integration, functionArn, request)) return mapped;
    throw internalServerError(new Error(`API Gateway has no permission to invoke ${functionArn}`));
  };
}

/** Why a method is not served, if it is not. */
export function reasonNotServed(
  { integration: { notServed, uri } }: Method,
  { lambda, s3 }: Pick<IntegrationServices, "lambda" | "s3">,
): string | undefined {
  if (notServed === undefined && s3 === undefined && s3Target(uri)) {
    return "it calls s3, and there is none here";
  }
  const functionArn = invokedFunction(uri);
  if (notServed !== undefined || functionArn === undefined || lambda) return notServed;
  return `it invokes ${functionArn}, and AWS_ENDPOINT_URL_LAMBDA names no endpoint of Lambda`;
}

function integrationCall(
  { stack, api, sqs, s3, lambda }: IntegrationParts,
  integration: Integration,
): CallIntegration {
  if (integration.type === "MOCK") return mockIntegration;
  if (lambda !== undefined && invokedFunction(integration.uri) !== undefined) {
    return integration.type === "AWS_PROXY" ? lambdaProxyIntegration(lambda) : lambdaIntegration(lambda);
  }
  if (s3 !== undefined && s3Target(integration.uri) !== undefined) {
    return s3Integration(
      s3,
      atAddress(integration.address, () => prepareBucketPermission(stack, api, integration)),
    );
  }
  const permission = atAddress(integration.address, () => prepareQueuePermission(stack, api, integration));
  return sqsIntegration(sqs, permission, callingAccount(api, integration));
}
