import * as v from "valibot";
import { VALUE_SOURCES } from "../../mapping/value-source";
import { oneKey, text } from "../schema";

const VARIABLE = {
  pattern: "^[A-Za-z0-9_]{1,64}$",
  allowed: "the name of a stage variable: letters, digits, underscores",
  example: "tenant",
};

/** Each kind of source: what its name may be, and what API Gateway calls it. */
const KINDS = {
  header: { ...VALUE_SOURCES.header, prefix: "method.request.header." },
  query: { ...VALUE_SOURCES.query, prefix: "method.request.querystring." },
  stageVariable: { ...VARIABLE, prefix: "stageVariables." },
  context: { ...VALUE_SOURCES.context, prefix: "context." },
};

type Kind = keyof typeof KINDS;

/** A part of a request by which an authorizer of kind `REQUEST` knows the caller: one key, with the name of what is read. */
export type IdentitySource = { [Key in Kind]: Readonly<Record<Key, string>> }[Kind];

/** One source, as a setting. */
export const IDENTITY_SOURCE = oneKey<IdentitySource>(
  Object.entries(KINDS).map(([key, kind]) => v.strictObject({ [key]: text(kind) })),
  "part of a request that an authorizer can read",
  '{ "header": "X-Tenant" }',
);

/**
 * The sources in API Gateway's words.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html#apigw-CreateAuthorizer-request-identitySource
 */
export function identitySource(sources: readonly IdentitySource[]): string {
  return sources
    .flatMap((source) => Object.entries(source).map(([key, name]) => `${KINDS[key as Kind].prefix}${name}`))
    .join(",");
}

/** The headers among the sources. */
export function headersIn(sources: readonly IdentitySource[]): string[] {
  return sources.flatMap((source) => ("header" in source ? [source.header] : []));
}
