import type {
  Integration,
  IntegrationResponse,
  LambdaAuthorizer,
  Method,
  MethodResponse,
} from "../../local/terraform/stack-model";
import {
  type CaseConfig,
  InexpressibleCase,
  type MethodConfig,
  type ResponseConfig,
  requireKnown,
} from "./conformance-case";

/** What every method of a case has besides its own `config`. */
export interface MethodSurroundings {
  /** Stands where the config says nothing. */
  readonly integration: MethodConfig;
  readonly credentials: string;
  readonly authorizer: LambdaAuthorizer | undefined;
}

/** Builds a method and its integration from a case's `config`. */
export function methodOfConfig(
  httpMethod: string,
  config: MethodConfig,
  { integration: defaults, credentials, authorizer }: MethodSurroundings,
): Method {
  const integration = integrationOf({ ...defaults, ...config, ...config.integration }, credentials);
  return {
    address: `method ${httpMethod}`,
    httpMethod,
    authorizationType: authorizer === undefined ? "NONE" : "CUSTOM",
    authorizer,
    authorizationScopes: [],
    apiKeyRequired: config.apiKeyRequired === true,
    requestParameters: Object.fromEntries(
      Object.entries(config.requestParameters ?? {}).flatMap(([key, value]) =>
        key.startsWith("method.") ? [[key, value === true]] : [],
      ),
    ),
    requestModels: Object.fromEntries(
      Object.entries(config.requestModels ?? {}).map(([type, model]) => [
        type,
        typeof model === "string" ? model : inlineModelName(type),
      ]),
    ),
    requestValidator: config.requestValidator && { ...NO_VALIDATION, ...config.requestValidator },
    methodResponses: methodResponsesOf(config, integration.responses),
    integration,
  };
}

const NO_VALIDATION = { validateRequestBody: false, validateRequestParameters: false };

/** The name of a model whose schema stands in a method's `config` in place of a name. */
export function inlineModelName(type: string): string {
  return `inline${type.replaceAll(/\W/g, "")}`;
}

const INTEGRATION_TYPES: Readonly<Record<string, Integration["type"]>> = {
  AWS: "AWS",
  "AWS (lambda)": "AWS",
  HTTP: "HTTP",
  MOCK: "MOCK",
};

function integrationOf(config: MethodConfig, credentials: string): Integration {
  const typeName = config.integration?.type ?? config.integrationType ?? "AWS";
  const type = INTEGRATION_TYPES[typeName];
  if (type === undefined) throw new InexpressibleCase(`integration type ${typeName} is not served`);
  return {
    address: "integration",
    type,
    uri: config.uri ?? "",
    httpMethod: config.integrationHttpMethod ?? "POST",
    credentials,
    requestParameters: Object.fromEntries(
      Object.entries(config.requestParameters ?? {}).flatMap(([key, value]) =>
        key.startsWith("integration.") ? [[key, String(value)]] : [],
      ),
    ),
    requestTemplates: config.requestTemplates ?? {},
    passthroughBehavior: config.passthroughBehavior ?? "WHEN_NO_MATCH",
    contentHandling: config.contentHandling ?? undefined,
    timeoutInMillis: config.timeoutInMillis ?? 29_000,
    responses: responseConfigs(config.responses ?? [{}]).map((response) => responseOf(response, config)),
  };
}

function responseConfigs(given: NonNullable<MethodConfig["responses"]>): readonly ResponseConfig[] {
  if (isList(given)) return given;
  return Object.entries(given).map(([pattern, response]) => ({
    ...(pattern !== "default" && { selectionPattern: pattern }),
    ...response,
  }));
}

/** What a response leaves out, the method's `config` may have for all responses. */
function responseOf(response: ResponseConfig, method: MethodConfig): IntegrationResponse {
  requireKnown("config.responses", response, RESPONSE_KEYS);
  return {
    address: "response",
    statusCode: String(response.statusCode ?? "200"),
    selectionPattern: response.selectionPattern,
    contentHandling: response.contentHandling ?? method.contentHandling ?? undefined,
    responseParameters: response.responseParameters ?? method.responseParameters ?? {},
    responseTemplates: response.responseTemplates ?? method.responseTemplates ?? {},
  };
}

const RESPONSE_KEYS: ReadonlySet<string> = new Set<keyof ResponseConfig>([
  "contentHandling",
  "responseParameters",
  "responseTemplates",
  "selectionPattern",
  "statusCode",
]);

/** Where a case names none, every integration response has its method response. */
function methodResponsesOf(
  { methodResponses: given }: MethodConfig,
  responses: readonly IntegrationResponse[],
): Record<string, MethodResponse> {
  const codes = given === undefined ? responses.map(({ statusCode }) => statusCode) : statusCodes(given);
  return Object.fromEntries(
    codes.map((statusCode) => [statusCode, { statusCode, responseParameters: {}, responseModels: {} }]),
  );
}

function statusCodes(given: NonNullable<MethodConfig["methodResponses"]>): string[] {
  if (!isList(given)) return Object.keys(given);
  return given.map((response) => String(typeof response === "object" ? response.statusCode : response));
}

function isList<Item>(value: readonly Item[] | object): value is readonly Item[] {
  return Array.isArray(value);
}

/** Builds the authorizer that a case's `config` has where it names its type. */
export function authorizerOf(config: CaseConfig, functionArn: string): LambdaAuthorizer {
  const type = config.type;
  if (type !== "TOKEN" && type !== "REQUEST") {
    throw new InexpressibleCase(`authorizer type ${String(type)} is unknown`);
  }
  return {
    address: "authorizer",
    id: "authorizer",
    name: "authorizer",
    type,
    functionArn,
    identitySources: [config.identitySource ?? "method.request.header.Authorization"]
      .flat()
      .flatMap((source) => source.split(/\s*,\s*/)),
    identityValidationExpression: config.identityValidationExpression,
    resultTtlInSeconds: config.authorizerResultTtlInSeconds ?? 300,
  };
}
