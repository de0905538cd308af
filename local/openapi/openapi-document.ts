import { executeApiDomain } from "../../aws/partition";
import { atAddress } from "../apigateway/gateway-error";
import { invokedFunction } from "../terraform/lambda-uri";
import type { Integration, Method, Resource, RestApi } from "../terraform/stack-model";
import { type Answer, responsesObject } from "./answer";
import { gatewayAnswers, noSuchMethod } from "./gateway-answers";
import { integrationAnswers } from "./integration-answers";
import { isOfS3, isOfSqs } from "./other-endpoints";
import { type Named, uniqueKeys, withNaming } from "./document-keys";
import { modelComponents } from "./model-schema";
import { bodyModels, parametersOf, requestBodyOf } from "./request";
import { requiredScopes, securitySchemes } from "./security";
import { actionsOf } from "./sqs-calls";

/** An API, and where its paths start below the document's servers. */
export interface DescribedApi {
  /** The stack's name. */
  readonly name: string;
  readonly api: RestApi;
  /** Such as `/auth-stack/prod`; one for each stage, or `""`. */
  readonly bases: readonly string[];
}

/** A Server Object. */
interface Server {
  readonly url: string;
  readonly description?: string;
  readonly variables?: object;
}

/** Where an API answers on AWS. Terraform knows the API's id once it is applied: a state has it, a configuration has not. */
export function awsServers(api: RestApi): readonly Server[] {
  const { domains = [], isEndpointDisabled = false } = api;
  const ofDomains = domains.map(({ domainName, basePath }) => ({
    url: `https://${domainName}${basePath === "" ? "" : `/${basePath}`}`,
    description: `The custom domain ${domainName}.`,
  }));
  return [...ofDomains, ...(isEndpointDisabled ? [] : executeApiServers(api))];
}

function executeApiServers({ idOnAws, region, stages, vpcEndpointIds = [] }: RestApi): readonly Server[] {
  const until = idOnAws === undefined ? ", which AWS gives with the first apply" : "";
  const host = ["{restApiId}", ...vpcEndpointIds.slice(0, 1)].join("-");
  return stages.map(({ name }) => ({
    url: `https://${executeApiDomain(host, region)}/${encodeURIComponent(name)}`,
    description: `The stage ${name} on AWS. restApiId is the id of the REST API${until}.`,
    variables: { restApiId: { default: idOnAws ?? "rest-api-id" } },
  }));
}

/**
 * The OpenAPI 3.1 document of APIs: all that their callers can send, and be answered.
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
export function openApiDocument(described: readonly DescribedApi[], servers: readonly Server[]): object {
  const operationId = uniqueKeys(/\W+/g);
  const apis = withNaming(described).map((one) => ({ ...one, operationId }));
  return {
    openapi: "3.1.0",
    info: {
      title: apis.map(({ name }) => name).join(", "),
      version: "1",
      description: `Read from the Terraform of the API. ${ELSEWHERE}`,
    },
    servers,
    tags: apis.map(({ name, api }) => ({ name, description: `The REST API ${api.name}.` })),
    paths: Object.fromEntries(apis.flatMap(pathsOf)),
    components: {
      schemas: Object.fromEntries(apis.flatMap(schemasOf)),
      securitySchemes: Object.fromEntries(apis.flatMap(schemesOf)),
      responses: Object.fromEntries(apis.flatMap(elsewhere)),
    },
  };
}

interface NamedApi extends DescribedApi, Named {
  /** An id for a verb and a path. */
  readonly operationId: (text: string) => string;
}

const ELSEWHERE =
  "What is answered to another path or method, for which OpenAPI has no place, stands under `components.responses`.";

type Entry = readonly [name: string, value: object];

function pathsOf(described: NamedApi): Entry[] {
  const resources = described.api.resources.filter(({ methods }) => Object.keys(methods).length > 0);
  return described.bases.flatMap((base) =>
    resources.map((resource): Entry => {
      const path = `${base}${resource.path.replaceAll("+}", "}")}`;
      return [path, pathItem(described, resource, path)];
    }),
  );
}

const VERBS = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH"];

function pathItem(described: NamedApi, resource: Resource, path: string): object {
  const operations = VERBS.flatMap((verb): Entry[] => {
    const method = resource.methods[verb] ?? resource.methods.ANY;
    if (method === undefined) return [];
    return [[verb.toLowerCase(), operation(described, { resource, method, verb, path })]];
  });
  return Object.fromEntries(operations);
}

interface OperationParts {
  readonly resource: Resource;
  readonly method: Method;
  readonly verb: string;
  readonly path: string;
}

function operation(described: NamedApi, { resource, method, verb, path }: OperationParts): object {
  const { name, api, named, operationId } = described;
  const { integration } = method;
  const answers = [
    ...atAddress(integration.address, () => integrationAnswers(method)),
    ...gatewayAnswers(api, resource, method),
  ];
  const requestBody = requestBodyOf(api, { ...method, httpMethod: verb }, named);
  const schemes = Object.entries(securitySchemes(api, method)).map(
    ([name, { "x-amazon-apigateway-authtype": kind }]) =>
      [named(name), kind === "cognito_user_pools" ? requiredScopes(method) : []] as const,
  );
  return {
    operationId: operationId(`${verb.toLowerCase()}${path}`),
    tags: [name],
    summary: method.operationName ?? `${verb} ${resource.path}`,
    description: describe(integration),
    parameters: parametersOf(resource, method),
    ...(requestBody && { requestBody }),
    security: schemes.length === 0 ? [] : [Object.fromEntries(schemes)],
    responses: responsesObject(verb === "HEAD" ? answers.map(withoutBody) : answers),
  };
}

function describe(integration: Integration): string {
  if (integration.type === "MOCK") return "API Gateway answers itself.";
  if (invokedFunction(integration.uri) !== undefined) return "API Gateway invokes an AWS Lambda function.";
  if (isOfS3(integration)) return "API Gateway calls Amazon S3.";
  if (!isOfSqs(integration)) return "API Gateway calls another endpoint.";
  const actions = actionsOf(integration);
  return `API Gateway calls Amazon SQS${actions.includes(undefined) ? "" : `: ${actions.join(", ")}`}.`;
}

function withoutBody(answer: Answer): Answer {
  return { ...answer, bodies: {} };
}

function schemasOf({ api, named }: NamedApi): Entry[] {
  return modelComponents(api, methodsOf(api).flatMap(bodyModels), { draft: 2020, named });
}

function schemesOf({ api, named }: NamedApi): Entry[] {
  return methodsOf(api).flatMap((method) =>
    Object.entries(securitySchemes(api, method)).map(([scheme, value]): Entry => [named(scheme), value]),
  );
}

function elsewhere({ api, named }: NamedApi): Entry[] {
  return Object.entries(responsesObject(noSuchMethod(api))).map(([status, response]) => [
    named(`NoSuchMethod${status}`),
    response,
  ]);
}

function methodsOf({ resources }: RestApi): Method[] {
  return resources.flatMap(({ methods }) => Object.values(methods));
}
