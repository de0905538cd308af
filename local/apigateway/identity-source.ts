import { JavaRegex } from "../../aws/java-pattern/java-regex";
import { GatewayError } from "./gateway-error";
import { parameterMapping } from "./parameter-mapping";
import type { RoutedRequest } from "./routing";

/** Compiles one identity source of an authorizer. @throws SyntaxError for an unknown one. */
export function identitySource(expression: string): (request: RoutedRequest) => string | undefined {
  const header = /^method\.request\.header\.(.+)$/.exec(expression)?.[1];
  // Header names are compared in any case here, unlike in parameter mapping.
  if (header !== undefined) return (request) => request.headers.lastIgnoringCase(header);
  const read = parameterMapping(expression);
  return (request) => read(request)?.toString();
}

/** What has to be there: without it, API Gateway answers 401 and asks nobody. */
export function requirePresent(value: string | undefined): string {
  if (value === undefined || value === "") throw new GatewayError("UNAUTHORIZED");
  return value;
}

/** Compiles an authorizer's `identityValidationExpression`. @throws JavaPatternError */
export function identityValidation(expression = ""): (identity: string) => boolean {
  if (expression === "") return () => true;
  const pattern = JavaRegex.compile(expression);
  return (identity) => pattern.matches(identity);
}
