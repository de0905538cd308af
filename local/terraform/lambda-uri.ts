import { parseArn } from "../../aws/arn";

const INVOKE_PATH = /^path\/2015-03-31\/functions\/(.+)\/invocations$/;

/**
 * ARN of the Lambda function that an integration's or an authorizer's URI invokes, with its version or alias. Undefined for any other
 * URI.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html#apigw-Type-Integration-uri
 */
export function invokedFunction(uri: string): string | undefined {
  const { service, accountId, resource = "" } = parseArn(uri) ?? {};
  if (service !== "apigateway" || accountId !== "lambda") return undefined;
  return INVOKE_PATH.exec(resource)?.[1];
}
