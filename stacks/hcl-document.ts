import { hclTemplate } from "./hcl-template";

type Json = Readonly<Record<string, unknown>>;

/** A block's arguments that are blocks of their own, by the path of types that leads to them; all others are attributes. */
const NESTED_BLOCKS: ReadonlySet<string> = new Set([
  "backend.kubernetes.exec",
  "backend.cos.assume_role",
  "backend.oss.assume_role",
  "backend.remote.workspaces",
  "cloud.workspaces",
  "provider.default_tags",
  "variable.validation",
  "data.lifecycle",
  "output.precondition",
  "resource.lifecycle",
  "lifecycle.precondition",
  "lifecycle.postcondition",
  "aws_api_gateway_rest_api.endpoint_configuration",
  "aws_api_gateway_method_settings.settings",
  "aws_api_gateway_stage.access_log_settings",
  "aws_api_gateway_stage.canary_settings",
  "aws_api_gateway_usage_plan.api_stages",
  "aws_api_gateway_usage_plan.quota_settings",
  "aws_api_gateway_usage_plan.throttle_settings",
  "aws_api_gateway_domain_name.endpoint_configuration",
  "aws_api_gateway_domain_name.mutual_tls_authentication",
  "aws_lambda_function.environment",
  "aws_cloudwatch_metric_alarm.metric_query",
  "aws_cloudwatch_log_metric_filter.metric_transformation",
  "metric_query.metric",
  "aws_lambda_function.tracing_config",
  "aws_lambda_event_source_mapping.scaling_config",
  "aws_lambda_event_source_mapping.provisioned_poller_config",
  "aws_lambda_event_source_mapping.filter_criteria",
  "filter_criteria.filter",
  "aws_dynamodb_table.attribute",
  "aws_dynamodb_table.ttl",
  "aws_s3_bucket_lifecycle_configuration.rule",
  "aws_s3_bucket_notification.queue",
  "aws_s3_bucket_ownership_controls.rule",
  "aws_s3_bucket_server_side_encryption_configuration.rule",
  "rule.abort_incomplete_multipart_upload",
  "rule.apply_server_side_encryption_by_default",
  "rule.expiration",
  "rule.filter",
]);

/** Arguments whose strings are not templates but names of what stands elsewhere, or of types. */
const REFERENCES: ReadonlySet<string> = new Set([
  "depends_on",
  "ignore_changes",
  "import.provider",
  "import.to",
  "moved.from",
  "moved.to",
  "provider.alias",
  "replace_triggered_by",
  "variable.type",
]);

/**
 * Terraform's JSON as HCL that says the same. cdktf has a renderer of its own, which neither escapes what stands in strings
 * nor knows the blocks that were made by overrides.
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function hclDocument(document: Json): string {
  const {
    terraform = {},
    provider = {},
    variable,
    locals,
    output,
    ...labelled
  } = document as Record<string, Json>;
  const imports = asList(document.import ?? []);
  const moves = asList(document.moved ?? []);
  return [
    terraformBlock(terraform),
    ...Object.entries(variable ?? {}).map(([name, body]) => block(["variable", name], body)),
    ...(locals === undefined ? [] : [block(["locals"], locals)]),
    ...Object.entries(provider).flatMap(([name, bodies]) =>
      asList(bodies).map((body) => block(["provider", name], body)),
    ),
    ...(["data", "resource"] as const).flatMap((kind) => resources(kind, labelled[kind] ?? {})),
    ...imports.map((body) => block(["import"], body)),
    ...moves.map((body) => block(["moved"], body)),
    ...Object.entries(output ?? {}).map(([name, body]) => block(["output", name], body)),
  ].join("\n\n");
}

function resources(kind: "data" | "resource", types: Json): string[] {
  return Object.entries(types).flatMap(([type, named]) =>
    Object.entries(named as Json).map(([name, body]) => block([kind, type, name], body)),
  );
}

/** The one block whose nested ones have labels. */
function terraformBlock({ backend, cloud, required_providers, ...attributes }: Json): string {
  const body = [
    ...Object.entries(attributes).map(([name, value]) => argument(["terraform"], name, value)),
    ...(required_providers === undefined ? [] : [block(["required_providers"], required_providers)]),
    ...Object.entries((backend ?? {}) as Json).map(([type, settings]) => block(["backend", type], settings)),
    ...(cloud === undefined ? [] : [block(["cloud"], cloud)]),
  ];
  return `terraform {\n${body.join("\n")}\n}`;
}

/** A block, its type first and its labels behind it. */
function block(head: readonly string[], body: unknown): string {
  const [type = "", ...labels] = head;
  const names = [type, ...labels.map((label) => JSON.stringify(label))].join(" ");
  const lines = Object.entries(body as Json)
    .filter(([name]) => name !== "//")
    .map(([name, value]) => argument(head, name, value));
  return `${names} {\n${lines.join("\n")}\n}`;
}

function argument(head: readonly string[], name: string, value: unknown): string {
  const [type = "", label = ""] = head;
  const places = [`${type}.${name}`, `${label}.${name}`, `${type}.${label}.${name}`];
  if (places.some((place) => NESTED_BLOCKS.has(place))) {
    return asList(value)
      .map((body) => block([name], body))
      .join("\n");
  }
  const isReference = [name, ...places].some((place) => REFERENCES.has(place));
  return `${name} = ${isReference ? reference(value) : expression(value)}`;
}

function expression(value: unknown): string {
  if (typeof value === "string") return hclTemplate(value);
  if (Array.isArray(value)) return `[${value.map(expression).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const entries = Object.entries(value).map(([key, item]) => `${hclTemplate(key)} = ${expression(item)}`);
  return `{\n${entries.join("\n")}\n}`;
}

function reference(value: unknown): string {
  return Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}
