import { parseArn } from "../../../aws/arn";
import { hasStandIn } from "../../../aws/stand-in-text";
import { invokedFunction } from "../lambda-uri";
import type { Authorizer, CognitoAuthorizer, LambdaAuthorizer, UserPool } from "../stack-model";
import type { TerraformResource } from "../terraform-resource";

/** `aws_api_gateway_authorizer`. */
export function readAuthorizer(authorizer: TerraformResource): Authorizer {
  const type = authorizer.oneOf("type", ["TOKEN", "REQUEST", "COGNITO_USER_POOLS"], "TOKEN");
  const base = {
    address: authorizer.address,
    id: authorizer.text("id"),
    name: authorizer.text("name"),
    identitySources: identitySources(authorizer),
    identityValidationExpression: authorizer.optionalText("identity_validation_expression"),
  };
  return type === "COGNITO_USER_POOLS"
    ? ({ ...base, type, userPools: userPools(authorizer) } satisfies CognitoAuthorizer)
    : ({
        ...base,
        type,
        functionArn: functionArn(authorizer),
        resultTtlInSeconds: authorizer.optionalNumber("authorizer_result_ttl_in_seconds") ?? 300,
        credentials: authorizer.optionalText("authorizer_credentials"),
      } satisfies LambdaAuthorizer);
}

/** An empty text is none, which AWS takes of type REQUEST where no answers are kept; an absent one is the provider's default. */
function identitySources(authorizer: TerraformResource): string[] {
  if (authorizer.given("identity_source") === "" && authorizer.optionalText("type") === "REQUEST") return [];
  const written = authorizer.optionalText("identity_source") ?? "method.request.header.Authorization";
  return written.split(",").map((source) => source.trim());
}

function functionArn(authorizer: TerraformResource): string {
  const uri = authorizer.text("authorizer_uri");
  const arn = invokedFunction(uri) ?? (hasStandIn(uri) ? uri : undefined);
  if (arn !== undefined) return arn;
  throw authorizer.error("authorizer_uri", {
    wrong: "names no Lambda function",
    got: uri,
    allowed:
      "arn:<partition>:apigateway:<region>:lambda:path/2015-03-31/functions/<function ARN>/invocations is",
    mend: "Use the function's invoke_arn",
  });
}

function userPools(authorizer: TerraformResource): UserPool[] {
  const arns = authorizer.textList("provider_arns");
  const pools = arns.flatMap((arn) => userPool(arn) ?? []);
  if (pools.length > 0 && pools.length === arns.length) return pools;
  throw authorizer.error("provider_arns", {
    wrong: "does not name user pools",
    got: arns.join(", "),
    allowed: "arn:<partition>:cognito-idp:<region>:<account>:userpool/<pool id> is",
    mend: "Use the ARNs of Cognito's user pools",
  });
}

function userPool(arn: string): UserPool | undefined {
  const { service, region, resource = "" } = parseArn(arn) ?? {};
  const id = /^userpool\/([\w-]+)$/.exec(resource)?.[1];
  return service !== "cognito-idp" || region === undefined || id === undefined ? undefined : { region, id };
}
