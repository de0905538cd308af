import { type ObjectValue, isObject } from "../expression/value";
import { StackError } from "../stack-error";
import type { TerraformResource } from "../terraform-resource";
import { invalidBody } from "./body-text";
import { importedPart } from "./imported-part";
import { type OpenApiDocument, field } from "./openapi-document";

const INTEGRATION = "x-amazon-apigateway-integration";

/**
 * The integration of an operation with its responses; nothing where the operation has none.
 * @param address of the operation
 * @param method what tells the parts of its method from others
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 */
export function importIntegration(
  document: OpenApiDocument,
  operation: ObjectValue,
  address: string,
  method: ObjectValue,
): TerraformResource[] {
  const place = `${address}.integration`;
  const written = field(operation, INTEGRATION);
  if (written === undefined) return [];
  const integration = document.object(written, place);
  if (typeof integration.type !== "string") throw malformed(`${place}.type`);
  return [
    importedPart(place, "aws_api_gateway_integration", {
      ...method,
      type: integration.type.toUpperCase(),
      uri: integration.uri,
      integration_http_method: upper(integration.httpMethod),
      credentials: integration.credentials,
      request_parameters: mappings(document, integration.requestParameters, `${place}.requestParameters`),
      request_templates: templates(document, integration.requestTemplates, `${place}.requestTemplates`),
      passthrough_behavior: upper(integration.passthroughBehavior),
      timeout_milliseconds: integration.timeoutInMillis,
      content_handling: upper(integration.contentHandling),
      connection_type: upper(integration.connectionType),
      connection_id: integration.connectionId,
      response_transfer_mode: upper(integration.responseTransferMode),
      tls_config: tlsConfig(integration.tlsConfig),
    }),
    ...importResponses(document, integration, place, method),
  ];
}

/** The key of a response is its selection pattern, `default` that of none. */
function importResponses(
  document: OpenApiDocument,
  integration: ObjectValue,
  place: string,
  method: ObjectValue,
): TerraformResource[] {
  const responses = document.object(integration.responses, `${place}.responses`);
  return Object.entries(responses).map(([pattern, written]) => {
    const address = `${place}.responses[${JSON.stringify(pattern)}]`;
    const response = document.object(written, address);
    const { statusCode } = response;
    if (typeof statusCode !== "string" && typeof statusCode !== "number") {
      throw malformed(`${address}.statusCode`);
    }
    return importedPart(address, "aws_api_gateway_integration_response", {
      ...method,
      status_code: String(statusCode),
      selection_pattern: pattern === "default" ? undefined : pattern,
      response_parameters: mappings(document, response.responseParameters, `${address}.responseParameters`),
      response_templates: templates(document, response.responseTemplates, `${address}.responseTemplates`),
      content_handling: upper(response.contentHandling),
    });
  });
}

function malformed(address: string): StackError {
  return new StackError({
    address,
    wrong: "has no value, without which AWS refuses the integration as malformed",
    mend: "Set it",
  });
}

/** What is no text is left out: AWS warns of it. */
function mappings(document: OpenApiDocument, written: unknown, address: string): ObjectValue {
  const entries = Object.entries(document.object(written, address)).filter(([name, value]) => {
    if (typeof value === "string") return true;
    document.warn(`${address}.${name}`, "is no text, which AWS leaves out");
    return false;
  });
  return Object.fromEntries(entries);
}

/** A template that is written as an object, as JSON is in YAML, is its text. */
function templates(document: OpenApiDocument, written: unknown, address: string): ObjectValue {
  const entries = Object.entries(document.object(written, address));
  return Object.fromEntries(
    entries.map(([type, template]) => {
      if (typeof template === "string" || template === null) return [type, template ?? ""];
      if (isObject(template) || Array.isArray(template)) return [type, JSON.stringify(template)];
      throw invalidBody(`${address}[${JSON.stringify(type)}]`, "it is no template");
    }),
  );
}

function tlsConfig(written: unknown): ObjectValue | undefined {
  return isObject(written) ? { insecure_skip_verification: written.insecureSkipVerification } : undefined;
}

/** AWS takes these words in any case. */
function upper(word: unknown): unknown {
  return typeof word === "string" ? word.toUpperCase() : (word ?? undefined);
}
