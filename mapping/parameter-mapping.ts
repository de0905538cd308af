import type { ValueSource } from "./value-source";

/**
 * The expression of API Gateway's parameter mapping for a source; undefined for what only a template can make.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 */
export function parameterExpression(source: ValueSource): string | undefined {
  if ("header" in source) return `method.request.header.${source.header}`;
  if ("query" in source) return `method.request.querystring.${source.query}`;
  if ("authorizer" in source) return `context.authorizer.${source.authorizer}`;
  if ("context" in source) return `context.${source.context}`;
  return undefined;
}
