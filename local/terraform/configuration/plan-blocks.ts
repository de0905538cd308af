import { type ObjectValue, isObject } from "../expression/value";
import { asObject, objectsIn } from "../state-resources";
import { isUnknown } from "./planned-values";
import { LostExpression } from "./lost-expression";
import type { CalledModule, LabelledBlock, ModuleBlocks, ResourceBlock } from "./module-blocks";
import { PlanLinks, soleLink } from "./plan-links";

/** The configuration as a plan holds it, without the texts of its expressions. @see https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation */
export function planBlocks(plan: ObjectValue): ModuleBlocks {
  const { root_module: root, provider_config: providers } = asObject(plan.configuration);
  return moduleOf(asObject(root), "", {
    providers: Object.values(asObject(providers)).filter(isObject),
    untold: untoldBlocks(plan),
  });
}

/** What a plan tells apart from its modules. */
interface PlanParts {
  readonly providers: readonly ObjectValue[];
  readonly untold: ReadonlyMap<string, readonly string[]>;
}

/**
 * Names of the blocks of each resource that hold something unknown: a plan tells nothing of how `dynamic` ones are written.
 */
function untoldBlocks(plan: ObjectValue): ReadonlyMap<string, readonly string[]> {
  return new Map(
    objectsIn(plan.resource_changes).map(({ address, change }) => [
      String(address).replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, ""),
      Object.entries(asObject(asObject(change).after_unknown))
        .filter(([name, unknown]) => (unknown === true ? name === "statement" : isUnknown(unknown)))
        .map(([name]) => name),
    ]),
  );
}

function moduleOf(module: ObjectValue, address: string, parts: PlanParts): ModuleBlocks {
  const prefix = address === "" ? "" : `${address}.`;
  // What is ephemeral is in no state, and nothing that is served.
  const resources = objectsIn(module.resources).filter(({ mode }) => mode !== "ephemeral");
  const links = new PlanLinks(resources);
  const blocks = resources.map((resource) =>
    resourceBlock(resource, links, parts.untold.get(`${prefix}${String(resource.address)}`) ?? []),
  );
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
    providers: parts.providers.filter((one) => (one.module_address ?? "") === address).map(providerBlock),
    calls: new Map(
      Object.entries(asObject(module.module_calls)).map(([name, call]) => [
        name,
        calledModule(asObject(call), `${prefix}module.${name}`, links, parts),
      ]),
    ),
  };
}

function byAddress(blocks: readonly ResourceBlock[]): ReadonlyMap<string, ResourceBlock> {
  return new Map(blocks.map((block) => [block.address, block]));
}

function resourceBlock(resource: ObjectValue, links: PlanLinks, untold: readonly string[]): ResourceBlock {
  const { address, mode, type, provider_config_key: provider } = resource;
  const [, alias] = /(?:^|:)aws\.(.+)$/.exec(String(provider)) ?? [];
  return {
    address: String(address),
    type: mode === "data" ? `data.${String(type)}` : String(type),
    body: {
      ...Object.fromEntries(untold.map((name) => [name, new LostExpression([])])),
      ...attributesOf(asObject(resource.expressions), (references, attribute) =>
        links.text(references, { block: resource, attribute }),
      ),
      ...repeated(resource),
      ...(alias !== undefined && { provider: `aws.${alias}` }),
    },
  };
}

function providerBlock({ name, alias, expressions }: ObjectValue): LabelledBlock {
  const region = written(asObject(expressions).region);
  return { labels: [String(name)], body: { ...(alias !== undefined && { alias }), region } };
}

function calledModule(call: ObjectValue, address: string, links: PlanLinks, parts: PlanParts): CalledModule {
  let blocks: ModuleBlocks | undefined;
  // An argument is looked at only for the links within the module.
  const rebuild: Rebuild = (references, attribute) =>
    links.text(references, { block: call, attribute }) ?? soleLink(references);
  return {
    body: { ...attributesOf(asObject(call.expressions), rebuild), ...repeated(call) },
    blocks: () => (blocks ??= moduleOf(asObject(call.module), address, parts)),
  };
}

function repeated({ count_expression: count, for_each_expression: forEach }: ObjectValue): ObjectValue {
  return {
    ...(count !== undefined && { count: written(count) }),
    ...(forEach !== undefined && { for_each: written(forEach) }),
  };
}

/** Text of an expression of which only the references are known; undefined where that can't be told. */
type Rebuild = (references: readonly string[], attribute: string) => string | undefined;

function attributesOf(expressions: ObjectValue, rebuild: Rebuild): ObjectValue {
  return Object.fromEntries(
    Object.entries(expressions).map(([name, expression]) => [name, written(expression, name, rebuild)]),
  );
}

/**
 * An expression as Terraform JSON has it. A configuration in JSON leaves its text in the plan; of one in HCL only what is
 * nothing but a link can be had back.
 */
function written(expression: unknown, name = "", rebuild: Rebuild = soleLink): unknown {
  if (Array.isArray(expression)) return expression.map((block) => written(block, name, rebuild));
  if (!isObject(expression)) return undefined;
  const { constant_value: constant, references } = expression;
  if (constant !== undefined) return Array.isArray(references) ? constant : literal(constant);
  if (Array.isArray(references)) {
    const all = references.map(String);
    return rebuild(all, name) ?? new LostExpression(all);
  }
  const isBlock = Object.keys(expression).length > 0;
  return isBlock ? attributesOf(expression, rebuild) : new LostExpression([]);
}

/** So that nothing in it is taken for an expression. */
function literal(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/[$%](?=\{)/g, "$&$&");
  if (Array.isArray(value)) return value.map(literal);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, literal(item)]));
}
