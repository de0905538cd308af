import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import { readJsonPath } from "./json/read-json-path";
import { jsonText } from "../velocity/value-text";
import { payloadValue } from "./json/parse-json";
import { GatewayError, internalServerError } from "./gateway-error";
import type { MultiValues } from "./multi-values";

/** Where mapping expressions take their values from. */
export interface MappingScope {
  readonly headers: MultiValues;
  readonly query: MultiValues;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly context: object;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** The payload as text: the caller's, or the endpoint's in a response. */
  readonly body: string;
}

/** A value that may occur more than once. */
export type MappedValue = string | readonly string[];

/** Reads one value; undefined where the source has none. */
export type ParameterMapping = (scope: MappingScope) => MappedValue | undefined;

/** A response header that is mapped. */
export interface HeaderMapping {
  readonly name: string;
  readonly read: ParameterMapping;
}

/** Compiles `method.response.header.<name>` or `gatewayresponse.header.<name>` → mapping expression. */
export function headerMappings(parameters: Readonly<Record<string, string>>): readonly HeaderMapping[] {
  return Object.entries(parameters).map(([key, expression]) => ({
    name: key.replace(/^(?:method\.response|gatewayresponse)\.header\./, ""),
    read: parameterMapping(expression),
  }));
}

/**
 * Compiles a mapping expression: `'static'`, `method.request.…`, `integration.response.…`, `context.…` or
 * `stageVariables.…`.
 *
 * Names are case-sensitive; `header` and `querystring` take the last value, `multivalueheader` joins with a comma.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 * @throws SyntaxError when it is none of these.
 */
export function parameterMapping(expression: string): ParameterMapping {
  const literal = /^'([\s\S]*)'$/.exec(expression)?.[1];
  if (literal !== undefined) return () => literal;
  const [, kind, name = ""] =
    /^(?:method\.request|integration\.response|(?=context|stageVariables))\.?(\w+)(?:\.(.+))?$/.exec(
      expression,
    ) ?? [];
  const mapping = kind === undefined ? undefined : SOURCES.get(kind)?.(name);
  if (mapping === undefined) throw new SyntaxError(`"${expression}" is not a mapping expression`);
  return mapping;
}

const SOURCES = new Map<string, (name: string) => ParameterMapping>([
  ["header", (name) => (scope) => scope.headers.last(name)],
  ["multivalueheader", (name) => (scope) => scope.headers.all(name)?.join(",")],
  ["querystring", (name) => (scope) => scope.query.last(name)],
  ["multivaluequerystring", (name) => (scope) => scope.query.all(name)],
  ["path", (name) => (scope) => scope.pathParameters[name]],
  ["body", (name) => (name === "" ? wholeBody : partOfBody(name))],
  ["context", (name) => contextValue(name.split("."))],
  ["stageVariables", (name) => (scope) => scope.stageVariables[name]],
]);

/** The payload. One that starts like a JSON object must be one, and one that is empty is `{}`. */
function wholeBody({ body }: MappingScope): string {
  if (body === "") return "{}";
  if (!/^\s*\{/.test(body)) return body;
  try {
    JSON.parse(body);
    return body;
  } catch {
    throw new GatewayError("BAD_REQUEST_BODY", "Invalid JSON in request body");
  }
}

/** Read as `$input.path` reads it. That mappings are as lenient with what does not start like an object is inferred. */
function partOfBody(path: string): ParameterMapping {
  return (scope) => {
    const body = wholeBody(scope);
    try {
      const value = readJsonPath(path, payloadValue(body)) ?? undefined;
      return value === undefined || typeof value === "string" ? value : jsonText(value);
    } catch (error) {
      if (error instanceof MappingTemplateError) throw internalServerError(error);
      throw error;
    }
  };
}

function contextValue(names: readonly string[]): ParameterMapping {
  return (scope) => {
    let value: unknown = scope.context;
    for (const name of names) {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
      value = (value as Record<string, unknown>)[name];
    }
    if (value === undefined || value === null) return undefined;
    return typeof value === "string" ? value : JSON.stringify(value);
  };
}
