import { type ObjectValue, isObject } from "../expression/value";
import { StackError } from "../stack-error";
import type { TerraformResource } from "../terraform-resource";
import { invalidBody } from "./body-text";
import { type ImportedApi, importedPart } from "./imported-part";
import { importedId } from "../stand-in-id";
import { field, textOf } from "./openapi-document";

const AUTHORIZER = "x-amazon-apigateway-authorizer";
const AUTH_TYPE = "x-amazon-apigateway-authtype";
const AUTH = "x-amazon-apigateway-auth";

/** What a security requirement asks of a method. */
interface Asked {
  readonly authorization: "CUSTOM" | "COGNITO_USER_POOLS" | "AWS_IAM";
  readonly scheme: string;
  readonly scopes: readonly string[];
}

/** The authorizers that an import makes, one for each scheme that has one, used or not, and what each operation asks of its callers. */
export class ImportedSecurity {
  public readonly parts: readonly TerraformResource[];
  private readonly schemes: ReadonlyMap<string, ObjectValue>;

  constructor(private readonly api: ImportedApi) {
    const { document } = api;
    this.schemes = new Map(
      Object.entries(document.securitySchemes).map(([name, scheme]) => [
        name,
        document.object(scheme, schemeAddress(api, name)),
      ]),
    );
    this.parts = Array.from(this.schemes).flatMap(([name, scheme]) => this.authorizer(name, scheme) ?? []);
  }

  /**
   * The attributes of an `aws_api_gateway_method` that say who may call it. An operation's own requirements replace those of the
   * document, an empty list too. That those of the document count is recorded on AWS, though its guide says that they do not.
   * @param address of the operation
   */
  public ofOperation(operation: ObjectValue, address: string): ObjectValue {
    const requirements = this.requirements(operation, address);
    const asked = this.asked(operation, requirements, address);
    const api_key_required = requirements.some(([name]) => this.isApiKey(name));
    if (asked === undefined) return { authorization: "NONE", api_key_required };
    if (asked instanceof StackError) return { authorization: asked, api_key_required };
    const { authorization, scheme, scopes } = asked;
    const authorizer_id =
      authorization === "AWS_IAM" ? undefined : importedId(this.api.id, "authorizer", scheme);
    return { authorization, authorizer_id, authorization_scopes: scopes, api_key_required };
  }

  private requirements(
    operation: ObjectValue,
    address: string,
  ): [scheme: string, scopes: readonly string[]][] {
    const { document } = this.api;
    const own = field(operation, "security");
    const place = `${own === undefined ? document.address : address}.security`;
    return document
      .list(own ?? document.root("security"), place)
      .flatMap((requirement) =>
        Object.entries(document.object(requirement, place)).map(
          ([name, scopes]): [string, readonly string[]] => [name, document.list(scopes, place).map(String)],
        ),
      );
  }

  /** An error where nothing is recorded of what AWS makes of it. */
  private asked(
    operation: ObjectValue,
    requirements: readonly [scheme: string, scopes: readonly string[]][],
    address: string,
  ): Asked | StackError | undefined {
    const own = this.ownType(operation, address);
    const all = requirements.flatMap(([scheme, scopes]) => {
      const authorization = this.authorizationOf(scheme);
      return authorization === undefined ? [] : { authorization, scheme, scopes };
    });
    if (own === "AWS_IAM") all.push({ authorization: own, scheme: AUTH, scopes: [] });
    const [first, ...others] = all;
    const other = others.find(
      ({ authorization, scheme }) => authorization !== first?.authorization || scheme !== first.scheme,
    );
    const isSame = other === undefined || (first?.authorization === "AWS_IAM" && others.every(isIam));
    if (isSame && (own !== "NONE" || first === undefined)) return first;
    return new StackError({
      address: `${address}.security`,
      isUnknown: true,
      wrong: "asks for more than one authorization, of which API Gateway takes one; which one is not known",
      got: [...all.map(({ scheme }) => scheme), ...(own === "NONE" ? [`${AUTH} NONE`] : [])].join(", "),
      mend: "Leave all but one out",
    });
  }

  /** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-auth.html */
  private ownType(operation: ObjectValue, address: string): string | undefined {
    const auth = this.api.document.object(field(operation, AUTH), `${address}.${AUTH}`);
    const type = field(auth, "type");
    if (type === undefined) return undefined;
    const known = textOf(type).toUpperCase();
    if (["NONE", "AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS"].includes(known)) return known;
    throw invalidBody(`${address}.${AUTH}.type`, `there is no authorization ${textOf(type)}`);
  }

  /** Schemes that say nothing to API Gateway, and names of none, leave a method open: they are ignored. */
  private authorizationOf(name: string): Asked["authorization"] | undefined {
    const scheme = this.schemes.get(name);
    if (scheme === undefined) return undefined;
    if (isObject(field(scheme, AUTHORIZER))) {
      return authorizerType(scheme) === "COGNITO_USER_POOLS" ? "COGNITO_USER_POOLS" : "CUSTOM";
    }
    return textOf(field(scheme, AUTH_TYPE)).toLowerCase() === "awssigv4" ? "AWS_IAM" : undefined;
  }

  /** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-api-key-source.html */
  private isApiKey(name: string): boolean {
    const scheme = this.schemes.get(name);
    return (
      scheme?.type === "apiKey" &&
      textOf(scheme.name).toLowerCase() === "x-api-key" &&
      field(scheme, AUTHORIZER) === undefined &&
      this.authorizationOf(name) === undefined
    );
  }

  /** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html */
  private authorizer(name: string, scheme: ObjectValue): TerraformResource | undefined {
    const { id, document } = this.api;
    const address = schemeAddress(this.api, name);
    const written = field(scheme, AUTHORIZER);
    if (written === undefined) {
      refuseWithoutAuthorizer(scheme, address);
      return undefined;
    }
    const authorizer = document.object(written, address);
    return importedPart(address, "aws_api_gateway_authorizer", {
      id: importedId(id, "authorizer", name),
      rest_api_id: id,
      name,
      type: authorizerType(scheme),
      authorizer_uri: authorizer.authorizerUri,
      authorizer_credentials: authorizer.authorizerCredentials,
      authorizer_result_ttl_in_seconds: authorizer.authorizerResultTtlInSeconds,
      identity_source: identitySource(scheme, authorizer, address),
      identity_validation_expression: authorizer.identityValidationExpression,
      provider_arns: authorizer.providerARNs,
    });
  }
}

/**
 * AWS makes the authorizer, or else no method that names the scheme.
 * @see https://github.com/amazon-archives/aws-apigateway-importer/issues/187
 */
function refuseWithoutAuthorizer(scheme: ObjectValue, address: string): void {
  const type = textOf(field(scheme, AUTH_TYPE));
  if (type === "" || /^aws/i.test(type)) return;
  throw new StackError({
    address,
    wrong: `has ${AUTH_TYPE} but no ${AUTHORIZER}, without which AWS makes no method that names it`,
    got: type,
    mend: `Add ${AUTHORIZER}, or remove ${AUTH_TYPE}`,
  });
}

function isIam({ authorization }: Asked): boolean {
  return authorization === "AWS_IAM";
}

function schemeAddress({ document }: ImportedApi, name: string): string {
  return `${document.address}.authorizer[${JSON.stringify(name)}]`;
}

function authorizerType(scheme: ObjectValue): string {
  const authorizer = field(scheme, AUTHORIZER);
  return isObject(authorizer) ? textOf(authorizer.type).toUpperCase() : "";
}

/** Recorded on AWS: the scheme's header for TOKEN and COGNITO_USER_POOLS, what the authorizer says for REQUEST. */
function identitySource(scheme: ObjectValue, authorizer: ObjectValue, address: string): unknown {
  const type = authorizerType(scheme);
  const { identitySource: said } = authorizer;
  const header = typeof scheme.name === "string" ? `method.request.header.${scheme.name}` : undefined;
  const source = type === "REQUEST" ? said : (header ?? said);
  if (typeof source === "string" && source !== "") return source;
  const isCached = Number(authorizer.authorizerResultTtlInSeconds ?? 300) > 0;
  if (type === "REQUEST" && !isCached) return "";
  throw new StackError({
    address: `${address}.${type === "REQUEST" ? "identitySource" : "name"}`,
    wrong: "has no value",
    allowed: `an authorizer of type ${type} ${type === "REQUEST" ? "whose answers are kept " : ""}needs it`,
    mend: type === "REQUEST" ? "Say the identity sources" : "Say the header that holds the token",
  });
}
