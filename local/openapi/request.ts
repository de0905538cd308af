import { binaryTest } from "../apigateway/payload";
import type { Method, Resource, RestApi } from "../terraform/stack-model";
import type { Naming } from "./document-keys";
import { isOfSqs } from "./other-endpoints";
import { componentReference, schemaOfModel } from "./model-schema";
import type { Schema } from "./schema";

/** A Parameter Object. */
interface Parameter {
  readonly name: string;
  readonly in: "header" | "query" | "path";
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Schema;
}

const PLACES = { header: "header", querystring: "query", path: "path" } as const;

/** OpenAPI has these elsewhere, and ignores them as parameters. */
const NO_PARAMETERS: ReadonlySet<string> = new Set(["accept", "content-type", "authorization"]);

/** The parameters that a method declares, and those of its path, which API Gateway needs not be told. */
export function parametersOf({ path }: Resource, method: Method): readonly Parameter[] {
  const validated = method.requestValidator?.validateRequestParameters === true;
  const inPath = [...path.matchAll(/\{([^}+]+)(\+?)\}/g)].map(([, name = "", greedy]): Parameter => ({
    name,
    in: "path",
    required: true,
    ...(greedy === "+" && { description: "The rest of the path, slashes included." }),
    schema: { type: "string", minLength: 1 },
  }));
  const declared = Object.entries(method.requestParameters).flatMap(([key, isRequired]): Parameter[] => {
    const [, place, name] = /^method\.request\.(header|querystring|path)\.(.+)$/.exec(key) ?? [];
    if (place === undefined || name === undefined || place === "path") return [];
    if (place === "header" && NO_PARAMETERS.has(name.toLowerCase())) return [];
    const required = isRequired && validated;
    const schema: Schema = required ? { type: "string", minLength: 1, pattern: "\\S" } : { type: "string" };
    return [{ name, in: PLACES[place as keyof typeof PLACES], required, schema }];
  });
  const known = declared.map(({ name }) => name);
  const read = queriesRead(method).filter((name) => !known.includes(name));
  return [
    ...inPath,
    ...declared,
    ...read.map((name): Parameter => ({ name, in: "query", required: false, schema: { type: "string" } })),
  ];
}

/** The parameters that mapping templates read of a GET, which has little else to tell: API Gateway needs not be told of them. */
function queriesRead({ httpMethod, integration }: Method): readonly string[] {
  if (httpMethod !== "GET" || !isOfSqs(integration)) return [];
  const templates = Object.values(integration.requestTemplates);
  const names = templates.flatMap((template) =>
    [...template.matchAll(QUERY_READ)].map(([, name = ""]) => name),
  );
  return [...new Set(names)];
}

const QUERY_READ = /[$]!?\{?input[.]params\(\)[.]querystring[.]get\('([\w.-]+)'\)/g;

/** Verbs whose payload OpenAPI gives a meaning. */
const WITH_BODY: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE", "ANY"]);

/** The Request Body Object: what a content type has to hold, for each that is accepted. */
export function requestBodyOf(api: RestApi, method: Method, named: Naming): object | undefined {
  if (!WITH_BODY.has(method.httpMethod) || isDeaf(method)) return undefined;
  const mediaTypes = acceptedTypes(method);
  if (mediaTypes.length === 0) return undefined;
  const models = bodyModels(method);
  const validated = method.requestValidator?.validateRequestBody === true;
  const isBinary = binaryTest(api.binaryMediaTypes);
  const content = mediaTypes.map((mediaType) => {
    const model = modelOf(method, mediaType);
    const schema =
      model === undefined ? anyPayload(mediaType, isBinary(mediaType)) : componentReference(named(model));
    return [mediaType, { schema }] as const;
  });
  return {
    description: isPassedOn(method.integration) ? PASSED_ON : describeBody(models.length > 0, validated),
    required:
      validated &&
      models.length === mediaTypes.length &&
      models.every((model) => wantsMore(schemaOfModel(api, model))),
    content: Object.fromEntries(content),
  };
}

/** Nothing looks at the body of a DELETE whose mapping templates read other parts of the request. */
function isDeaf({ httpMethod, integration, requestModels }: Method): boolean {
  const { requestTemplates, requestParameters, passthroughBehavior } = integration;
  const read = [...Object.values(requestTemplates), ...Object.values(requestParameters)];
  const reads = read.some((text) => /[$]!?\{?input(?![.]params\b)|[.]request[.]body/.test(text));
  const passes = passthroughBehavior === "WHEN_NO_MATCH" || Object.keys(requestTemplates).length === 0;
  return httpMethod === "DELETE" && !reads && !passes && Object.keys(requestModels).length === 0;
}

/** The models of a method's bodies, one for each content type that is accepted and has one. */
export function bodyModels(method: Method): readonly string[] {
  if (!WITH_BODY.has(method.httpMethod)) return [];
  return acceptedTypes(method).flatMap((mediaType) => modelOf(method, mediaType) ?? []);
}

function acceptedTypes({ integration, requestModels }: Method): readonly string[] {
  const types = Object.keys(integration.requestTemplates).map((type) => (type === "$default" ? "*/*" : type));
  const { passthroughBehavior } = integration;
  const passes =
    passthroughBehavior === "WHEN_NO_MATCH" ||
    (passthroughBehavior === "WHEN_NO_TEMPLATES" && types.length === 0);
  return [...new Set([...types, ...(passes ? [...Object.keys(requestModels), "*/*"] : [])])];
}

/** Models are found by their content type in any case. */
export function modelOf({ requestModels }: Method, mediaType: string): string | undefined {
  return Object.entries(requestModels).find(([type]) => type.toLowerCase() === mediaType.toLowerCase())?.[1];
}

/** JSON may be any text, too, but then it is not what its type says. */
function anyPayload(mediaType: string, isBinary: boolean): Schema {
  return isBinary || /[/+]json$/i.test(mediaType) || mediaType === "*/*" ? {} : { type: "string" };
}

function isPassedOn({ requestTemplates }: Method["integration"]): boolean {
  return Object.keys(requestTemplates).length === 0;
}

const PASSED_ON =
  "Any body is passed on unread: as bytes where the API takes its content type for binary, as UTF-8 text otherwise.";

function describeBody(hasModel: boolean, validated: boolean): string {
  if (hasModel && validated) return "API Gateway checks the body. An empty body counts as `{}`.";
  if (hasModel) return "API Gateway does not check the body. An empty body arrives as `{}`.";
  return "Any body is accepted unread, also one that is not what its content type says. An empty body arrives as `{}`.";
}

/** An empty body counts as `{}`: is that too little? */
function wantsMore({ type, required, minProperties }: Schema): boolean {
  return (type !== undefined && type !== "object") || Array.isArray(required) || minProperties !== undefined;
}
