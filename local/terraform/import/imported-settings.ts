import { type ObjectValue, isObject } from "../expression/value";
import { TerraformResource } from "../terraform-resource";
import { invalidBody } from "./body-text";
import { givenIn } from "./imported-part";
import { type OpenApiDocument, field } from "./openapi-document";

/** What a document says of the REST API itself, by the names of Terraform's attributes. */
export interface ImportedSettings {
  readonly values: ObjectValue;
  readonly vpcEndpointIds: unknown;
}

const EXTENSION = "x-amazon-apigateway-";

/** Reads what a document says of the REST API itself. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html */
export function importSettings(document: OpenApiDocument): ImportedSettings {
  const endpoint = document.rootObject(`${EXTENSION}endpoint-configuration`);
  const source = document.root(`${EXTENSION}api-key-source`);
  return {
    values: {
      api_key_source: typeof source === "string" ? source.toUpperCase() : source,
      binary_media_types: document.root(`${EXTENSION}binary-media-types`),
      minimum_compression_size: document.root(`${EXTENSION}minimum-compression-size`),
      policy: policyText(document),
      disable_execute_api_endpoint: field(endpoint, "disableExecuteApiEndpoint"),
    },
    vpcEndpointIds: field(endpoint, "vpcEndpointIds"),
  };
}

function policyText(document: OpenApiDocument): string | undefined {
  const policy = document.root(`${EXTENSION}policy`);
  if (policy === undefined || typeof policy === "string") return policy;
  if (isObject(policy)) return JSON.stringify(policy);
  throw invalidBody(`${document.address}.${EXTENSION}policy`, "it is no policy");
}

/**
 * A REST API with what was imported into it. What Terraform itself sets wins over the `body` of the same resource: the provider
 * puts it right after the import.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigateway/rest_api.go
 */
export function withBodySettings(api: TerraformResource, settings: ImportedSettings): TerraformResource {
  const imported = givenIn(settings.values);
  return overlaid(api, settings, (name) => {
    const set = api.given(name);
    return isUnset(set) ? (imported(name) ?? set) : set;
  });
}

/**
 * A REST API after an import that overwrites it: what the document does not say is reset, whatever Terraform sets; the kind of
 * endpoint stays.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-update.html
 */
export function withOverwrittenSettings(
  api: TerraformResource,
  settings: ImportedSettings,
): TerraformResource {
  const imported = givenIn(settings.values);
  return overlaid(api, settings, (name) =>
    Object.hasOwn(settings.values, name) ? imported(name) : api.given(name),
  );
}

function overlaid(
  api: TerraformResource,
  { vpcEndpointIds }: ImportedSettings,
  given: TerraformResource["given"],
): TerraformResource {
  const withEndpoints = (name: string): unknown =>
    name === "endpoint_configuration" ? endpointConfiguration(api, vpcEndpointIds) : given(name);
  return new TerraformResource(api.address, api.type, withEndpoints, (name) => api.attribute(name));
}

function endpointConfiguration(api: TerraformResource, vpcEndpointIds: unknown): unknown {
  const written = api.given("endpoint_configuration");
  const [block] = [written].flat().filter(isObject);
  if (vpcEndpointIds === undefined || block === undefined || !isUnset(block.vpc_endpoint_ids)) return written;
  return [{ ...block, vpc_endpoint_ids: vpcEndpointIds }];
}

/** As the provider sees it: an empty value is none. */
function isUnset(value: unknown): boolean {
  return (
    value === undefined || value === null || value === "" || value === false || [value].flat().length === 0
  );
}
