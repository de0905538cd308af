import type { FunctionInvoker } from "../lambda/function-invoker";
import type { SqsService } from "../sqs/sqs-service";
import { invokedFunction } from "../terraform/lambda-uri";
import { callingAccount } from "../terraform/sqs-target";
import type { Integration, Method, RestApi, StackModel } from "../terraform/stack-model";
import { atAddress } from "./gateway-error";
import { type MapRequest, prepareIntegrationRequest } from "./integration-request";
import { type CallIntegration, type MapResponse, prepareIntegrationResponse } from "./integration-response";
import { mockIntegration } from "./integrations/mock";
import { notServedIntegration } from "./integrations/not-served";
import { sqsIntegration } from "./integrations/sqs";
import { prepareQueuePermission } from "./permissions";
import type { Warn } from "./template/prepare-templates";

/** What integrations call. */
export interface IntegrationServices {
  readonly sqs: SqsService;
  /** Runs the functions of integrations with Lambda. @default none: their methods are not served */
  readonly integrationInvoker?: FunctionInvoker | undefined;
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
  return {
    mapRequest: atAddress(address, () => prepareIntegrationRequest(api, integration, warn)),
    callIntegration: parts.standInFor?.(integration) ?? integrationCall(parts, integration),
    mapResponse: atAddress(address, () => prepareIntegrationResponse(api, method, warn)),
  };
}

/** Why a method is not served, if it is not. */
export function reasonNotServed(
  { integration: { notServed, uri } }: Method,
  { integrationInvoker }: Pick<IntegrationServices, "integrationInvoker">,
): string | undefined {
  const functionArn = invokedFunction(uri);
  if (notServed !== undefined || functionArn === undefined || integrationInvoker) return notServed;
  return `it invokes ${functionArn}, and AWS_ENDPOINT_URL_LAMBDA names no endpoint of Lambda`;
}

function integrationCall({ stack, api, sqs }: IntegrationParts, integration: Integration): CallIntegration {
  if (integration.type === "MOCK") return mockIntegration;
  const permission = atAddress(integration.address, () => prepareQueuePermission(stack, api, integration));
  return sqsIntegration(sqs, permission, callingAccount(api, integration));
}
