import type { Authorizer, Method, RestApi } from "../terraform/stack-model";

/** A Security Scheme Object of a key, which is all that API Gateway's authorizers and API keys are to OpenAPI. */
interface SecurityScheme {
  readonly type: "apiKey";
  readonly in: "header" | "query";
  readonly name: string;
  readonly description: string;
  readonly "x-amazon-apigateway-authtype"?: "custom";
}

/** What a method wants of its callers, by the scheme's name: all of these together. */
export function securitySchemes(api: RestApi, method: Method): Readonly<Record<string, SecurityScheme>> {
  const { authorizer, apiKeyRequired } = method;
  return {
    ...(authorizer && authorizerSchemes(authorizer)),
    ...(apiKeyRequired && api.apiKeySource === "HEADER" && { apiKey: API_KEY }),
  };
}

const API_KEY: SecurityScheme = {
  type: "apiKey",
  in: "header",
  name: "x-api-key",
  description: "An API key of a usage plan of this stage.",
};

/** One scheme for each identity source that a caller sends: `$context` and stage variables are not the caller's. */
function authorizerSchemes(authorizer: Authorizer): Readonly<Record<string, SecurityScheme>> {
  const sources = authorizer.identitySources.flatMap((source) => {
    const [, place, name] = /^method\.request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
    return place === undefined || name === undefined ? [] : [{ place, name }];
  });
  const base = authorizer.name.replaceAll(/[^\w.-]/g, "_");
  return Object.fromEntries(
    sources.map(({ place, name }) => [
      sources.length === 1 ? base : `${base}.${name}`,
      {
        type: "apiKey",
        in: place === "header" ? "header" : "query",
        name,
        description: describe(authorizer),
        "x-amazon-apigateway-authtype": "custom",
      },
    ]),
  );
}

function describe({ type, identityValidationExpression: pattern }: Authorizer): string {
  const checked = `A Lambda authorizer of type ${type} decides by it.`;
  return pattern === undefined || pattern === "" ? checked : `${checked} It has to match \`${pattern}\`.`;
}
