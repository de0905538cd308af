import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import { readJsonPath } from "./json/read-json-path";
import { jsonText } from "../velocity/value-text";
import { payloadValue } from "./json/parse-json";
import { GatewayError, internalServerError } from "./gateway-error";
import type { MultiValues } from "./multi-values";

/** Where mapping expressions take their values from. */
export interface ParameterScope {
  readonly headers: MultiValues;
  readonly query: MultiValues;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly context: Readonly<Record<string, unknown>>;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** The payload as text: the caller's, or the backend's in a response. */
  readonly body: string;
}

/** Reads one value; undefined where the source has none. */
export type ParameterSource = (scope: ParameterScope) => string | readonly string[] | undefined;

/**
 * Compiles a mapping expression: `'static'`, `method.request.…`, `integration.response.…`, `context.…` or
 * `stageVariables.…`.
 *
 * Names are case-sensitive; `header` and `querystring` take the last value, `multivalueheader` joins with a comma.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 * @throws SyntaxError when it is none of these.
 */
export function parameterSource(expression: string): ParameterSource {
  const literal = /^'([\s\S]*)'$/.exec(expression)?.[1];
  if (literal !== undefined) return () => literal;
  const [, kind, name = ""] =
    /^(?:method\.request|integration\.response|(?=context|stageVariables))\.?(\w+)(?:\.(.+))?$/.exec(
      expression,
    ) ?? [];
  const source = kind === undefined ? undefined : SOURCES[kind]?.(name);
  if (source === undefined) throw new SyntaxError(`"${expression}" is not a mapping expression`);
  return source;
}

const SOURCES: Readonly<Record<string, (name: string) => ParameterSource>> = {
  header: (name) => (scope) => scope.headers.last(name),
  multivalueheader: (name) => (scope) => scope.headers.all(name)?.join(","),
  querystring: (name) => (scope) => scope.query.last(name),
  multivaluequerystring: (name) => (scope) => scope.query.all(name),
  path: (name) => (scope) => scope.pathParameters[name],
  body: (name) => (name === "" ? wholeBody : partOfBody(name)),
  context: (name) => contextValue(name.split(".")),
  stageVariables: (name) => (scope) => scope.stageVariables[name],
};

/** The payload. One that starts like a JSON object must be one, and one that is empty is `{}`. */
function wholeBody({ body }: ParameterScope): string {
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
function partOfBody(path: string): ParameterSource {
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

function contextValue(names: readonly string[]): ParameterSource {
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
