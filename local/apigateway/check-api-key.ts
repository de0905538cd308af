import type { ApiKey, Method, RestApi, Stage } from "../terraform/stack-model";
import { GatewayError } from "./gateway-error";
import type { RoutedRequest } from "./routed-request";
import type { UsageMeter } from "./usage-meter";

/** Throws when the method needs an API key and the request has none that counts, or its usage plan is used up. */
export type CheckApiKey = (request: RoutedRequest, usageIdentifierKey: string | undefined) => void;

/**
 * API keys: from the `x-api-key` header, or from the authorizer where the API's key source says so. A key counts when it
 * is enabled and in a usage plan of this stage; then the plan's throttle and quota apply.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-key-source.html
 */
export function prepareApiKeyCheck(
  api: RestApi,
  stage: Stage,
  method: Method,
  usage: UsageMeter,
): CheckApiKey {
  if (!method.apiKeyRequired) return () => undefined;
  const keys = keysOfStage(api, stage);
  return (request, usageIdentifierKey) => {
    const value =
      api.apiKeySource === "AUTHORIZER"
        ? usageIdentifierKey
        : request.sentHeaders.lastIgnoringCase("x-api-key");
    const key = value === undefined ? undefined : keys.get(value);
    if (key?.enabled !== true) throw new GatewayError("INVALID_API_KEY");
    request.context.identity.apiKey = key.value;
    request.context.identity.apiKeyId = key.id;
    usage.count(key, stage, request.receivedAt);
  };
}

function keysOfStage(api: RestApi, stage: Stage): ReadonlyMap<string, ApiKey> {
  const plans = api.usagePlans.filter((plan) => plan.stages.includes(stage.name));
  return new Map(plans.flatMap((plan) => plan.keys.map((key) => [key.value, key] as const)));
}
