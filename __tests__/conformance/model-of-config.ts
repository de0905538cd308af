import { BUILT_IN_MODELS } from "../../aws/model-schema";
import { readPolicy } from "../../aws/policy-document";
import type { Queue } from "../../local/terraform/model/queue";
import type { UsagePlan } from "../../local/terraform/model/usage-plan";
import type {
  LambdaAuthorizer,
  GatewayResponse,
  Resource,
  RestApi,
  StackModel,
  Stage,
} from "../../local/terraform/stack-model";
import { type CaseConfig, type ConformanceCase, type MethodConfig, requireKnown } from "./conformance-case";
import { authorizerOf, inlineModelName, methodOfConfig } from "./method-of-config";
import { ROLE_ARN, stackOf } from "./stack-of-config";

/** The API that a case describes, and where its method is. */
export interface CaseModel {
  readonly stack: StackModel;
  readonly api: RestApi;
  readonly stage: Stage;
}

/** What a case leaves to its kind. */
export interface CaseDefaults {
  readonly integration: MethodConfig;
  readonly queues: readonly Queue[];
  readonly region: string;
}

const ACCOUNT_ID = "123456789012";

/** An API without anything in it. */
export const EMPTY_API: RestApi = {
  address: "api",
  id: "abcdef123",
  name: "api",
  region: "us-east-1",
  accountId: ACCOUNT_ID,
  partition: "aws",
  apiKeySource: "HEADER",
  binaryMediaTypes: [],
  resources: [],
  stages: [],
  models: BUILT_IN_MODELS,
  gatewayResponses: {},
  usagePlans: [],
};

/** Keys of a case's `config` that this turns into a model; `other` are those that its caller sees to. */
const KNOWN_KEYS: readonly (keyof CaseConfig)[] = [
  "apiKeyRequired",
  "apiKeySource",
  "authorizerResultTtlInSeconds",
  "binaryMediaTypes",
  "contentHandling",
  "gatewayResponses",
  "identitySource",
  "identityValidationExpression",
  "integrationHttpMethod",
  "integrationRole",
  "integrationType",
  "lambdaError",
  "lambdaResult",
  "methodResponses",
  "models",
  "passthroughBehavior",
  "path",
  "policy",
  "quota",
  "requestModels",
  "requestParameters",
  "requestTemplates",
  "requestValidator",
  "resource",
  "resources",
  "responseParameters",
  "responseTemplates",
  "responses",
  "stageName",
  "throttle",
  "timeoutInMillis",
  "type",
  "uri",
  "usagePlanKeys",
];

/**
 * Builds the model of a stack from a case's `config`; what that leaves out has API Gateway's default.
 * @throws InexpressibleCase for a key that is neither known here nor in `otherKeys`.
 */
export function modelOfConfig(
  example: ConformanceCase,
  defaults: CaseDefaults,
  otherKeys: readonly (keyof CaseConfig)[],
): CaseModel {
  const config = example.config ?? {};
  requireKnown("config", config, new Set([...KNOWN_KEYS, ...otherKeys]));
  requireKnown("input.context", example.input.context ?? {}, new Set(["methodArn", "selectionValue"]));
  const location = locationOf(example, defaults.region);
  const authorizer = config.type === undefined ? undefined : authorizerOf(config, functionArn(location));
  const stage = stageOf(example, location.stageName);
  const api: RestApi = {
    ...EMPTY_API,
    id: location.apiId,
    region: location.region,
    accountId: location.accountId,
    apiKeySource: config.apiKeySource === "AUTHORIZER" ? "AUTHORIZER" : "HEADER",
    binaryMediaTypes: config.binaryMediaTypes ?? [],
    policy: config.policy && readPolicy(config.policy, "resource"),
    resources: resourcesOf(example, defaults, authorizer),
    stages: [stage],
    models: modelsOf(config, location.apiId),
    gatewayResponses: gatewayResponsesOf(config),
    usagePlans: usagePlansOf(config, stage.name),
  };
  return { stack: stackOf(config, api, defaults.queues, authorizer), api, stage };
}

interface Location {
  readonly region: string;
  readonly accountId: string;
  readonly apiId: string;
  readonly stageName: string;
}

/** Where a case's method ARN says that its API is. */
function locationOf({ config, input }: ConformanceCase, region: string): Location {
  const arn = input.context?.methodArn;
  const [, arnRegion, arnAccount, apiId, stageName] =
    /^arn:[\w-]+:execute-api:([^:]+):(\d+):([^/]+)\/([^/]+)\//.exec(typeof arn === "string" ? arn : "") ?? [];
  return {
    region: arnRegion ?? region,
    accountId: arnAccount ?? ACCOUNT_ID,
    apiId: apiId ?? EMPTY_API.id,
    stageName: stageName ?? config?.stageName ?? "stage",
  };
}

function functionArn({ region, accountId }: Location): string {
  return `arn:aws:lambda:${region}:${accountId}:function:authorizer`;
}

function stageOf({ config, input }: ConformanceCase, name: string): Stage {
  const throttle = config?.throttle;
  const settings = { throttlingRateLimit: throttle?.rateLimit, throttlingBurstLimit: throttle?.burstLimit };
  return {
    address: "stage",
    name,
    deploymentId: "deployment",
    variables: input.stageVariables ?? {},
    methodSettings: throttle === undefined || config?.usagePlanKeys !== undefined ? {} : { "*/*": settings },
  };
}

function resourcesOf(
  { config = {}, input }: ConformanceCase,
  defaults: CaseDefaults,
  authorizer: LambdaAuthorizer | undefined,
): Resource[] {
  const path = config.resource ?? config.path ?? (input.path ?? "/").replace(/\?.*$/s, "");
  const resources = config.resources ?? { [path]: { [input.method ?? "POST"]: {} } };
  const surroundings = { integration: defaults.integration, credentials: ROLE_ARN, authorizer };
  return Object.entries(resources).map(([resourcePath, methods]) => ({
    address: resourcePath,
    id: resourcePath,
    path: resourcePath,
    methods: Object.fromEntries(
      Object.entries(methods).map(([verb, own]) => [
        verb,
        methodOfConfig(verb, { ...config, ...own }, surroundings),
      ]),
    ),
  }));
}

/** Schemas written in place of a model's name become models of their own. */
function modelsOf(config: CaseConfig, apiId: string): Record<string, string> {
  const inline = Object.entries(config.requestModels ?? {})
    .filter(([, model]) => typeof model !== "string")
    .map(([type, schema]) => [inlineModelName(type), schema] as const);
  const named = Object.entries(config.models ?? {});
  const own = [...named, ...inline].map(([name, schema]): [string, string] => [
    name,
    (typeof schema === "string" ? schema : JSON.stringify(schema)).replaceAll("{apiId}", apiId),
  ]);
  return { ...BUILT_IN_MODELS, ...Object.fromEntries<string>(own) };
}

function gatewayResponsesOf(config: CaseConfig): Record<string, GatewayResponse> {
  const given = config.gatewayResponses ?? {};
  return Object.fromEntries(
    Object.entries(given).map(([responseType, response]) => [
      responseType,
      {
        address: responseType,
        responseType,
        statusCode: response.statusCode?.toString(),
        responseParameters: response.responseParameters ?? {},
        responseTemplates: response.responseTemplates ?? {},
      },
    ]),
  );
}

function usagePlansOf(config: CaseConfig, stageName: string): UsagePlan[] {
  const keys = config.usagePlanKeys;
  if (keys === undefined) return [];
  return [
    {
      address: "plan",
      name: "plan",
      stages: [stageName],
      keys: keys.map(({ value, enabled }) => ({
        address: value,
        id: value,
        name: value,
        value,
        isMadeUp: false,
        enabled: enabled !== false,
      })),
      throttle: config.throttle,
      quota: config.quota && { offset: 0, ...config.quota },
    },
  ];
}
