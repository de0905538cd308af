import type { FunctionInvoker } from "../lambda/lambda";
import type { SqsService } from "../sqs/sqs-service";
import { callingAccount } from "../terraform/sqs-target";
import type { Integration, Resource, RestApi, StackModel, Stage } from "../terraform/stack-model";
import { atAddress } from "./at-address";
import { prepareAuthorization } from "./authorize";
import { mayInvokeAuthorizer } from "./authorizer-permission";
import type { AuthorizerResultCache } from "./authorizer-result-cache";
import type { Backend } from "./backend";
import { prepareApiKeyCheck } from "./check-api-key";
import { prepareIntegrationPermission } from "./integration-permission";
import { prepareRequestMapping } from "./map-request";
import { prepareResponseMapping } from "./map-response";
import { answerMock } from "./integrations/mock";
import type { PreparedMethod } from "./prepared-method";
import type { Warn } from "./template/render-template";
import { sqsBackend } from "./integrations/sqs";
import { prepareThrottle } from "./throttle";
import type { UsageMeter } from "./usage-meter";
import { prepareValidation } from "./validate-request";

/** What the methods of one API share. */
export interface MethodServices {
  readonly stack: StackModel;
  readonly api: RestApi;
  readonly sqs: SqsService;
  readonly invoker: FunctionInvoker;
  readonly authorizerResults: AuthorizerResultCache;
  readonly usage: UsageMeter;
  readonly warn: Warn;
  /** Stands in for an integration's own backend where it has one to give. */
  readonly backendFor?: ((integration: Integration) => Backend | undefined) | undefined;
}

/**
 * Makes one method of one stage ready to serve.
 * @throws Error that names the Terraform address of what can't work.
 */
export function prepareMethod(
  services: MethodServices,
  stage: Stage,
  resource: Resource,
  verb: string,
): PreparedMethod {
  const { stack, api, warn } = services;
  const method = resource.methods[verb];
  if (method === undefined) throw new Error(`${resource.address}: has no method ${verb}`);
  const { authorizer, integration } = method;
  return {
    httpMethod: method.httpMethod,
    operationName: method.operationName,
    authorize: atAddress(authorizer?.address ?? api.address, () =>
      prepareAuthorization({
        api,
        stageName: stage.name,
        method,
        invoker: services.invoker,
        mayInvoke: authorizer !== undefined && mayInvokeAuthorizer(stack, api, authorizer),
        cache: services.authorizerResults,
      }),
    ),
    checkApiKey: prepareApiKeyCheck(api, stage, method, services.usage),
    throttle: prepareThrottle(stage, resource, method),
    validateRequest: atAddress(method.address, () => prepareValidation(api, method)),
    mapRequest: atAddress(integration.address, () => prepareRequestMapping(api, integration, warn)),
    callBackend: services.backendFor?.(integration) ?? backendOf(services, integration),
    mapResponse: atAddress(integration.address, () => prepareResponseMapping(api, method, warn)),
  };
}

function backendOf({ stack, api, sqs }: MethodServices, integration: Integration): Backend {
  if (integration.type === "MOCK") return answerMock;
  const permission = atAddress(integration.address, () =>
    prepareIntegrationPermission(stack, api, integration),
  );
  return sqsBackend(sqs, permission, callingAccount(api, integration));
}
