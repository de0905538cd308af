import { type ObjectValue, isObject } from "../expression/value";
import { objectsIn } from "../state-resources";
import { LostExpression } from "./lost-expression";
import type { CalledModule, LabelledBlock, ModuleBlocks, ResourceBlock } from "./module-blocks";

/** The configuration as a plan holds it, without the texts of its expressions. @see https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation */
export function planBlocks({ configuration }: ObjectValue): ModuleBlocks {
  const { root_module: root, provider_config: providers } = asObject(configuration);
  return moduleOf(asObject(root), "", Object.values(asObject(providers)).filter(isObject));
}

function moduleOf(module: ObjectValue, address: string, providers: readonly ObjectValue[]): ModuleBlocks {
  const blocks = objectsIn(module.resources).map(resourceBlock);
  const isData = ({ type }: ResourceBlock) => type.startsWith("data.");
  return {
    path: ".",
    resources: byAddress(blocks.filter((block) => !isData(block))),
    data: byAddress(blocks.filter(isData)),
    variables: new Map(
      Object.entries(asObject(module.variables)).map(([name, one]) => [name, asObject(one)]),
    ),
    locals: new Map(),
    outputs: new Map(
      Object.entries(asObject(module.outputs)).map(([name, output]) => [
        name,
        { value: written(asObject(output).expression) },
      ]),
    ),
    providers: providers.filter((one) => (one.module_address ?? "") === address).map(providerBlock),
    calls: new Map(
      Object.entries(asObject(module.module_calls)).map(([name, call]) => [
        name,
        calledModule(asObject(call), `${address === "" ? "" : `${address}.`}module.${name}`, providers),
      ]),
    ),
  };
}

function byAddress(blocks: readonly ResourceBlock[]): ReadonlyMap<string, ResourceBlock> {
  return new Map(blocks.map((block) => [block.address, block]));
}

function resourceBlock(resource: ObjectValue): ResourceBlock {
  const { address, mode, type, provider_config_key: provider } = resource;
  const [, alias] = /(?:^|:)aws\.(.+)$/.exec(String(provider)) ?? [];
  return {
    address: String(address),
    type: mode === "data" ? `data.${String(type)}` : String(type),
    body: {
      ...expressionsOf(resource),
      ...(alias !== undefined && { provider: `aws.${alias}` }),
    },
  };
}

function providerBlock({ name, alias, expressions }: ObjectValue): LabelledBlock {
  const region = written(asObject(expressions).region);
  return { labels: [String(name)], body: { ...(alias !== undefined && { alias }), region } };
}

function calledModule(call: ObjectValue, address: string, providers: readonly ObjectValue[]): CalledModule {
  let blocks: ModuleBlocks | undefined;
  return {
    // An argument is looked at only for the links within the module.
    body: { ...expressionsOf(call), ...attributesOf(asObject(call.expressions), () => true) },
    blocks: () => (blocks ??= moduleOf(asObject(call.module), address, providers)),
  };
}

function expressionsOf({
  expressions,
  count_expression: count,
  for_each_expression: forEach,
}: ObjectValue): ObjectValue {
  return {
    ...attributesOf(asObject(expressions), isLink),
    ...(count !== undefined && { count: written(count) }),
    ...(forEach !== undefined && { for_each: written(forEach) }),
  };
}

/** Is a reference all that there is of an attribute? */
type MayBeAll = (reference: string, attribute: string) => boolean;

function attributesOf(expressions: ObjectValue, mayBeAll: MayBeAll): ObjectValue {
  return Object.fromEntries(
    Object.entries(expressions).map(([name, expression]) => [name, written(expression, name, mayBeAll)]),
  );
}

/**
 * An expression as Terraform JSON has it. A configuration in JSON leaves its text in the plan; of one in HCL only a reference
 * that is all of it can be had back.
 */
function written(expression: unknown, name = "", mayBeAll: MayBeAll = () => true): unknown {
  if (Array.isArray(expression)) return expression.map((block) => written(block, name, mayBeAll));
  if (!isObject(expression)) return undefined;
  const { constant_value: constant, references } = expression;
  if (constant !== undefined) return Array.isArray(references) ? constant : literal(constant);
  if (Array.isArray(references)) {
    const all = onlyOne(references.map(String));
    return all !== undefined && mayBeAll(all, name)
      ? `\${${all}}`
      : new LostExpression(references.map(String));
  }
  const isBlock = Object.keys(expression).length > 0;
  return isBlock ? attributesOf(expression, mayBeAll) : new LostExpression([]);
}

/** Terraform tells of a reference also what it is a part of. */
function onlyOne([first = "", ...others]: readonly string[]): string | undefined {
  return others.every((other) => first.startsWith(`${other}.`) || first.startsWith(`${other}[`))
    ? first
    : undefined;
}

/** Whether the attribute is one that takes another resource's id, name or document as it is. */
function isLink(reference: string, attribute: string): boolean {
  return (
    LINKS.test(attribute) ||
    (attribute === "policy" && reference.endsWith(".json")) ||
    (attribute.endsWith("uri") && reference.endsWith("invoke_arn"))
  );
}

const LINKS =
  /^(?:(?:rest_api|resource|parent|api|deployment|authorizer|request_validator|usage_plan|key|user_pool|\w*kms\w*key)_id|(?:authorizer_)?credentials|roles?|(?:policy|event_source|resource|kms_key)_arn|kms_master_key_id|function_name|queue_url|stage_name|domain_name|http_method|status_code)$/;

/** So that nothing in it is taken for an expression. */
function literal(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/[$%](?=\{)/g, "$&$&");
  if (Array.isArray(value)) return value.map(literal);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, literal(item)]));
}

function asObject(value: unknown): ObjectValue {
  return isObject(value) ? value : {};
}
