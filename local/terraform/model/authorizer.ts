import { parseArn } from "../../../aws/arn";
import type { Authorizer } from "../stack-model";
import type { TerraformResource } from "../terraform-resource";

const INVOKE_PATH = /^path\/2015-03-31\/functions\/(.+)\/invocations$/;

/** `aws_api_gateway_authorizer` of type TOKEN or REQUEST. */
export function readAuthorizer(authorizer: TerraformResource): Authorizer {
  return {
    address: authorizer.address,
    id: authorizer.text("id"),
    name: authorizer.text("name"),
    type: authorizer.oneOf("type", ["TOKEN", "REQUEST"], "TOKEN"),
    functionArn: functionArn(authorizer),
    identitySources: identitySources(authorizer),
    resultTtlInSeconds: authorizer.optionalNumber("authorizer_result_ttl_in_seconds") ?? 300,
    credentials: authorizer.optionalText("authorizer_credentials"),
    identityValidationExpression: authorizer.optionalText("identity_validation_expression"),
  };
}

function identitySources(authorizer: TerraformResource): string[] {
  const written = authorizer.optionalText("identity_source") ?? "method.request.header.Authorization";
  return written.split(",").map((source) => source.trim());
}

function functionArn(authorizer: TerraformResource): string {
  const uri = authorizer.text("authorizer_uri");
  const { service, accountId, resource = "" } = parseArn(uri) ?? {};
  const arn = INVOKE_PATH.exec(resource)?.[1];
  if (service === "apigateway" && accountId === "lambda" && arn !== undefined) return arn;
  throw authorizer.error("authorizer_uri", {
    wrong: "names no Lambda function",
    got: uri,
    allowed:
      "arn:<partition>:apigateway:<region>:lambda:path/2015-03-31/functions/<function ARN>/invocations is",
    mend: "Use the function's invoke_arn",
  });
}
