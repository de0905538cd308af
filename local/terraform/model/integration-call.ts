import { parseArn } from "../../../aws/arn";
import { hasStandIn } from "../../../aws/stand-in-text";
import { invokedFunction } from "../lambda-uri";
import { isS3, S3_URI_FORMS, s3Target } from "../s3-target";
import { sqsTarget, SQS_URI_FORMS } from "../sqs-target";
import type { Integration } from "../stack-model";
import type { TerraformResource } from "../terraform-resource";

/** What an integration calls, and why the gateway can't, if it can't. */
type Call = Pick<Integration, "uri" | "httpMethod" | "credentials" | "notServed">;

/**
 * What an integration of another type than MOCK calls; throws `StackError` for one that AWS refuses.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html
 */
export function readCall(integration: TerraformResource, type: Integration["type"]): Call {
  const uri = required(integration, "uri", "Name what it calls");
  const call = { uri, httpMethod: required(integration, "integration_http_method", 'Set it to "POST"') };
  if (type === "HTTP" || type === "HTTP_PROXY") {
    return { ...call, notServed: "it calls an HTTP endpoint, and the local gateway calls none" };
  }
  const service = serviceOf(integration, uri);
  if (service === undefined) return { ...call, notServed: "what it calls is known only after an apply" };
  if (type === "AWS_PROXY") refuseOtherProxy(integration, service, uri);
  const credentials = roleArn(integration, service);
  const notServed = reasonNotToServe(service, { ...call, credentials });
  return { ...call, credentials, ...(notServed !== undefined && { notServed }) };
}

/** AWS refuses an integration without it. */
function required(integration: TerraformResource, name: string, mend: string): string {
  const value = integration.optionalText(name);
  if (value !== undefined) return value;
  throw integration.error(name, { wrong: "has no value, without which AWS refuses the integration", mend });
}

/** The word for a service in an integration's URI, such as `sqs`; undefined where only an apply knows it. */
function serviceOf(integration: TerraformResource, uri: string): string | undefined {
  const { service, accountId, resource = "" } = parseArn(uri) ?? {};
  if (service === "apigateway" && /^(?:path|action)\//.test(resource)) return accountId;
  if (hasStandIn(uri)) return undefined;
  throw integration.error("uri", {
    wrong: "is no URI of an AWS service",
    got: uri,
    allowed: `${SQS_URI_FORMS} are, and those of other services`,
  });
}

/** Recorded on AWS. */
function refuseOtherProxy(integration: TerraformResource, service: string, uri: string): void {
  if (service === "firehose" || (service === "lambda" && LAMBDA_PATH.test(uri))) return;
  throw integration.error("uri", {
    wrong: "is nothing that AWS lets an integration of type AWS_PROXY call",
    got: uri,
    allowed: "functions of Lambda and streams of Firehose are",
  });
}

const LAMBDA_PATH = /:lambda:path\/\d{4}-\d\d-\d\d\/functions\/.+\/\S*invocations$/;

function reasonNotToServe(service: string, { uri, httpMethod, credentials }: Call): string | undefined {
  if (credentials === CALLERS_OWN) return "it calls AWS as whoever sends the request";
  if (service === "lambda") return reasonNotToInvoke(uri, httpMethod);
  if (isS3(service)) {
    return s3Target(uri) === undefined
      ? `its URI is none that the local gateway has of S3: ${S3_URI_FORMS}`
      : undefined;
  }
  if (service !== "sqs") return `it calls ${service}, and the local gateway has SQS and S3 only`;
  return sqsTarget(uri) === undefined ? "its URI has no form that SQS understands" : undefined;
}

function reasonNotToInvoke(uri: string, httpMethod: string): string | undefined {
  const functionArn = invokedFunction(uri);
  if (functionArn === undefined) return "it calls something else of Lambda than a function";
  if (hasStandIn(functionArn)) return "the function that it invokes is known only after an apply";
  // Recorded on AWS.
  return httpMethod === "POST"
    ? undefined
    : `it invokes a function by ${httpMethod}, which fails on AWS, too`;
}

/** Stands for the caller's own credentials. */
const CALLERS_OWN = "arn:aws:iam::*:user/*";

/**
 * A function can have a permission in the place of a role.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html#apigw-PutIntegration-request-credentials
 */
function roleArn(integration: TerraformResource, service: string): string | undefined {
  const given = integration.optionalText("credentials");
  if (given === undefined && service === "lambda") return undefined;
  if (given === CALLERS_OWN || (given !== undefined && (isRole(given) || hasStandIn(given)))) return given;
  throw integration.error("credentials", {
    wrong:
      given === undefined ? "has no value, without which AWS refuses the integration" : "is no role's ARN",
    got: given,
    allowed: "arn:<partition>:iam::<account>:role/<name> is",
    mend: "Use the arn of a role that API Gateway may assume",
  });
}

function isRole(arn: string): boolean {
  const { service, accountId = "", resource = "" } = parseArn(arn) ?? {};
  return service === "iam" && /^\d{12}$/.test(accountId) && /^role\/[\w+=,.@/-]+$/.test(resource);
}
