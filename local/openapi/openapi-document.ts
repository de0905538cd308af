import { executeApiDomain } from "../../aws/partition";
import type { Method, Resource, RestApi } from "../terraform/stack-model";
import { type Answer, responsesObject } from "./answer";
import { gatewayAnswers, noSuchMethod } from "./gateway-answers";
import { integrationAnswers } from "./integration-answers";
import { type Naming, modelSchema, usedModels } from "./model-schema";
import { parametersOf, requestBodyOf } from "./request";
import { securitySchemes } from "./security";

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
  const description = "The id of the REST API.";
  return api.stages.map(({ name }) => ({
    url: `https://${executeApiDomain("{restApiId}", api.region)}/${encodeURIComponent(name)}`,
    variables: { restApiId: { default: api.id, description } },
  }));
}

/**
 * The OpenAPI 3.1 document of APIs: all that their callers can send, and be answered.
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
export function openApiDocument(described: readonly DescribedApi[], servers: readonly Server[]): object {
  const apis = described.map((one) => ({ ...one, named: naming(one, described.length === 1) }));
  return {
    openapi: "3.1.0",
    info: {
      title: apis.map(({ name }) => name).join(", "),
      version: "1",
      description: `Read from the Terraform of the API. ${ELSEWHERE}`,
    },
    servers,
    paths: Object.fromEntries(apis.flatMap(pathsOf)),
    components: {
      schemas: Object.fromEntries(apis.flatMap(schemasOf)),
      securitySchemes: Object.fromEntries(apis.flatMap(schemesOf)),
      responses: Object.fromEntries(apis.flatMap(elsewhere)),
    },
  };
}

/** Names of components: several APIs may use the same. */
function naming({ name }: DescribedApi, isOnly: boolean): Naming {
  return isOnly
    ? (component) => component
    : (component) => `${name}.${component}`.replaceAll(/[^\w.-]/g, "_");
}

interface NamedApi extends DescribedApi {
  readonly named: Naming;
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

function operation({ api, named }: NamedApi, { resource, method, verb, path }: OperationParts): object {
  const answers = [...integrationAnswers(method), ...gatewayAnswers(api, resource, method)];
  const requestBody = requestBodyOf(api, { ...method, httpMethod: verb }, named);
  const schemes = Object.keys(securitySchemes(api, method)).map((scheme) => [named(scheme), []] as const);
  return {
    operationId: `${verb.toLowerCase()}${path.replaceAll(/\W+/g, "_")}`,
    ...(method.operationName !== undefined && { summary: method.operationName }),
    parameters: parametersOf(resource, method),
    ...(requestBody && { requestBody }),
    security: schemes.length === 0 ? [] : [Object.fromEntries(schemes)],
    responses: responsesObject(verb === "HEAD" ? answers.map(withoutBody) : answers),
  };
}

function withoutBody(answer: Answer): Answer {
  return { ...answer, bodies: {} };
}

function schemasOf({ api, named }: NamedApi): Entry[] {
  return usedModels(api).map((model) => [named(model), modelSchema(api, model, { draft: 2020, named })]);
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
