import { JavaRegex } from "../../aws/java-pattern/java-regex";
import type { Authorizer } from "../terraform/stack-model";
import { GatewayError } from "./gateway-error";
import { parameterSource } from "./parameter-source";
import type { RoutedRequest } from "./routed-request";

/** Whom a request says it is from. */
export interface Identity {
  /** The authorizer's token; empty for REQUEST authorizers. */
  readonly token: string;
  /** Under what the authorizer's answer is kept; undefined where nothing is kept. */
  readonly cacheKey: string | undefined;
}

/**
 * Reads an authorizer's identity sources. A missing or empty one, or a token that the validation expression does not
 * match, is 401 without a call of the function; a REQUEST authorizer without a cache is called all the same.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization-with-console.html
 * @throws JavaPatternError for a validation expression that is not a regular expression, SyntaxError for an unknown identity source.
 */
export function prepareIdentity(authorizer: Authorizer): (request: RoutedRequest) => Identity {
  const caches = authorizer.resultTtlInSeconds > 0;
  const sources = authorizer.identitySources.map(identitySource);
  if (authorizer.type === "REQUEST") {
    return (request) => {
      if (!caches) return { token: "", cacheKey: undefined };
      const values = sources.map((read) => requirePresent(read(request)));
      return { token: "", cacheKey: JSON.stringify(values) };
    };
  }
  const [tokenSource = identitySource("method.request.header.Authorization")] = sources;
  const { identityValidationExpression: expression } = authorizer;
  const pattern = expression === undefined || expression === "" ? undefined : JavaRegex.compile(expression);
  return (request) => {
    const token = requirePresent(tokenSource(request));
    if (pattern?.matches(token) === false) throw unauthorized();
    return { token, cacheKey: caches ? token : undefined };
  };
}

function identitySource(expression: string): (request: RoutedRequest) => string | undefined {
  const header = /^method\.request\.header\.(.+)$/.exec(expression)?.[1];
  // Header names are compared in any case here, unlike in parameter mapping.
  if (header !== undefined) return (request) => request.headers.lastIgnoringCase(header);
  const read = parameterSource(expression);
  return (request) => read(request)?.toString();
}

function requirePresent(value: string | undefined): string {
  if (value === undefined || value === "") throw unauthorized();
  return value;
}

function unauthorized(): GatewayError {
  return new GatewayError("UNAUTHORIZED");
}
