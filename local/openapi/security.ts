import type {
  Authorizer,
  CognitoAuthorizer,
  LambdaAuthorizer,
  Method,
  RestApi,
} from "../terraform/stack-model";

/** What a Security Scheme Object says here. */
type SecurityScheme = {
  readonly description: string;
  /** API Gateway's own word for the kind of authorization, as its exports have it. */
  readonly "x-amazon-apigateway-authtype"?: "custom" | "awsSigv4" | "cognito_user_pools";
} & (
  | { readonly type: "apiKey"; readonly in: "header" | "query"; readonly name: string }
  | { readonly type: "http"; readonly scheme: "bearer"; readonly bearerFormat: "JWT" }
);

/** What a method wants of its callers, by the scheme's name: all of these together. */
export function securitySchemes(api: RestApi, method: Method): Readonly<Record<string, SecurityScheme>> {
  const { authorizer, authorizationType, apiKeyRequired } = method;
  return {
    ...(authorizationType === "AWS_IAM" && { sigv4: SIGNATURE }),
    ...(authorizer && authorizerSchemes(authorizer)),
    ...(apiKeyRequired && api.apiKeySource === "HEADER" && { apiKey: API_KEY }),
  };
}

/** The scopes of which a token needs one. OpenAPI wants all of those that it names, so it may name one only. */
export function requiredScopes({ authorizationType, authorizationScopes }: Method): readonly string[] {
  const isOne = authorizationType === "COGNITO_USER_POOLS" && authorizationScopes.length === 1;
  return isOne ? authorizationScopes : [];
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html */
const SIGNATURE: SecurityScheme = {
  type: "apiKey",
  in: "header",
  name: "Authorization",
  description: "A Signature Version 4 of AWS for the service `execute-api`.",
  "x-amazon-apigateway-authtype": "awsSigv4",
};

const API_KEY: SecurityScheme = {
  type: "apiKey",
  in: "header",
  name: "x-api-key",
  description: "An API key of a usage plan of this stage.",
};

/** Where a token stands in a request. */
interface KeptToken {
  readonly in: "header" | "query";
  readonly name: string;
}

/** A user pool's token in `Authorization` is a bearer token to OpenAPI; in another header it is a key. */
function userPoolScheme(authorizer: CognitoAuthorizer, kept: KeptToken): SecurityScheme {
  const described = {
    description: `A token of Cognito's ${authorizer.userPools.map(({ id }) => id).join(" or ")}.`,
    "x-amazon-apigateway-authtype": "cognito_user_pools",
  } as const;
  return kept.in === "header" && kept.name.toLowerCase() === "authorization"
    ? { type: "http", scheme: "bearer", bearerFormat: "JWT", ...described }
    : { type: "apiKey", ...kept, ...described };
}

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
      schemeOf(authorizer, { in: place === "header" ? "header" : "query", name }),
    ]),
  );
}

function schemeOf(authorizer: Authorizer, kept: KeptToken): SecurityScheme {
  if (authorizer.type === "COGNITO_USER_POOLS") return userPoolScheme(authorizer, kept);
  const description = describe(authorizer);
  return { type: "apiKey", ...kept, description, "x-amazon-apigateway-authtype": "custom" };
}

function describe({ type, identityValidationExpression: pattern }: LambdaAuthorizer): string {
  const checked = `A Lambda authorizer of type ${type} decides by it.`;
  return pattern === undefined || pattern === "" ? checked : `${checked} It has to match \`${pattern}\`.`;
}
