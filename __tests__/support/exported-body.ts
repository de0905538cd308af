import { BUILT_IN_MODELS } from "../../aws/model-schema";
import type { TerraformResource, TerraformResources } from "../../local/terraform/terraform-resource";

type Fields = Record<string, unknown>;

const METHOD = ["resource_id", "http_method"] as const;

/** A REST API's parts as one OpenAPI 3 document: the way back from what an import makes. */
export function exportedBody(resources: TerraformResources): Fields {
  const [api] = resources.ofType("aws_api_gateway_rest_api");
  if (api === undefined) throw new Error("The stack has no API.");
  const paths = new Map([["/", api.text("root_resource_id")]]);
  for (const resource of resources.ofType("aws_api_gateway_resource")) {
    paths.set(pathOf(resource, resources), resource.text("id"));
  }
  const of = (type: string) => resources.ofType(`aws_api_gateway_${type}`);
  const models = of("model");
  return {
    openapi: "3.0.1",
    info: { title: api.text("name"), version: "1" },
    paths: Object.fromEntries(
      Array.from(paths, ([path, id]) => [path, pathItem(of("method"), id, resources)]).filter(
        ([, item]) => Object.keys(item as Fields).length > 0,
      ),
    ),
    components: {
      // What every REST API has from the start is not there after an import that does not say it.
      schemas: Object.fromEntries([
        ...Object.entries(BUILT_IN_MODELS).map(([name, schema]) => [name, JSON.parse(schema) as unknown]),
        ...models.map((one) => [one.text("name"), JSON.parse(one.text("schema")) as unknown]),
      ]) as Fields,
      securitySchemes: {
        Key: { type: "apiKey", name: "x-api-key", in: "header" },
        ...Object.fromEntries(of("authorizer").map((one) => [one.text("name"), scheme(one)])),
      },
    },
    "x-amazon-apigateway-request-validators": Object.fromEntries(
      of("request_validator").map((one) => [
        one.text("name"),
        {
          validateRequestBody: one.flag("validate_request_body"),
          validateRequestParameters: one.flag("validate_request_parameters"),
        },
      ]),
    ),
    "x-amazon-apigateway-gateway-responses": Object.fromEntries(
      of("gateway_response").map((one) => [
        one.text("response_type"),
        {
          statusCode: one.optionalText("status_code"),
          responseParameters: one.textMap("response_parameters"),
          responseTemplates: one.textMap("response_templates"),
        },
      ]),
    ),
    "x-amazon-apigateway-binary-media-types": api.textList("binary_media_types"),
    "x-amazon-apigateway-api-key-source": api.optionalText("api_key_source"),
    "x-amazon-apigateway-policy": api.optionalText("policy"),
  };
}

function pathOf(resource: TerraformResource, resources: TerraformResources): string {
  const [parent] = resources.where("aws_api_gateway_resource", { id: resource.text("parent_id") });
  return `${parent === undefined ? "" : pathOf(parent, resources)}/${resource.text("path_part")}`;
}

function pathItem(methods: readonly TerraformResource[], id: string, resources: TerraformResources): Fields {
  const own = methods.filter((method) => method.text("resource_id") === id);
  return Object.fromEntries(
    own.map((method) => {
      const verb = method.text("http_method");
      return [
        verb === "ANY" ? "x-amazon-apigateway-any-method" : verb.toLowerCase(),
        operation(method, resources),
      ];
    }),
  );
}

function operation(method: TerraformResource, resources: TerraformResources): Fields {
  const same = Object.fromEntries(METHOD.map((name) => [name, method.text(name)]));
  const nameOf = (type: string, id: string | undefined) =>
    id === undefined ? undefined : resources.where(type, { id })[0]?.text("name");
  const [integration] = resources.where("aws_api_gateway_integration", same);
  const authorizer = nameOf("aws_api_gateway_authorizer", method.optionalText("authorizer_id"));
  return {
    parameters: Object.entries(method.flagMap("request_parameters")).map(([key, required]) => {
      const [, , location = "", name] = key.split(".");
      return { in: location.replace("querystring", "query"), name, required };
    }),
    requestBody: { content: schemas(method.textMap("request_models")) },
    responses: Object.fromEntries(
      resources.where("aws_api_gateway_method_response", same).map((response) => [
        response.text("status_code"),
        {
          headers: Object.fromEntries(
            Object.keys(response.flagMap("response_parameters")).map((key) => [key.split(".")[3], {}]),
          ) as Fields,
          content: schemas(response.textMap("response_models")),
        },
      ]),
    ),
    security: [
      ...(authorizer === undefined ? [] : [{ [authorizer]: [] }]),
      ...(method.flag("api_key_required") ? [{ Key: [] }] : []),
    ],
    "x-amazon-apigateway-request-validator": nameOf(
      "aws_api_gateway_request_validator",
      method.optionalText("request_validator_id"),
    ),
    "x-amazon-apigateway-integration": integration && {
      type: integration.text("type").toLowerCase(),
      uri: integration.optionalText("uri"),
      httpMethod: integration.optionalText("integration_http_method"),
      credentials: integration.optionalText("credentials"),
      passthroughBehavior: integration.optionalText("passthrough_behavior")?.toLowerCase(),
      contentHandling: integration.optionalText("content_handling"),
      timeoutInMillis: integration.optionalNumber("timeout_milliseconds"),
      requestParameters: integration.textMap("request_parameters"),
      requestTemplates: integration.textMap("request_templates"),
      responses: Object.fromEntries(
        resources.where("aws_api_gateway_integration_response", same).map((response) => [
          response.optionalText("selection_pattern") ?? "default",
          {
            statusCode: response.text("status_code"),
            responseParameters: response.textMap("response_parameters"),
            responseTemplates: response.textMap("response_templates"),
            contentHandling: response.optionalText("content_handling"),
          },
        ]),
      ),
    },
  };
}

function schemas(models: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(
    Object.entries(models).map(([type, name]) => [
      type,
      { schema: { $ref: `#/components/schemas/${name}` } },
    ]),
  );
}

function scheme(authorizer: TerraformResource): Fields {
  const type = authorizer.text("type").toLowerCase();
  const source = authorizer.text("identity_source");
  return {
    type: "apiKey",
    name: source.replace("method.request.header.", ""),
    in: "header",
    "x-amazon-apigateway-authtype": "custom",
    "x-amazon-apigateway-authorizer": {
      type,
      identitySource: source,
      authorizerUri: authorizer.optionalText("authorizer_uri"),
      authorizerCredentials: authorizer.optionalText("authorizer_credentials"),
      authorizerResultTtlInSeconds: authorizer.optionalNumber("authorizer_result_ttl_in_seconds"),
      identityValidationExpression: authorizer.optionalText("identity_validation_expression"),
      providerARNs: authorizer.given("provider_arns"),
    },
  };
}
