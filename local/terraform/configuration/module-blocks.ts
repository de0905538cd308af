import { type ObjectValue, isObject } from "../expression/value";
import { StackError } from "../stack-error";

/** A resource or data source as written, before `count` and `for_each`. */
export interface ResourceBlock {
  readonly address: string;
  /** Begins with `data.` for a data source. */
  readonly type: string;
  readonly body: ObjectValue;
}

/** What all files of a module declare together, by name or address. */
export interface ModuleBlocks {
  readonly resources: ReadonlyMap<string, ResourceBlock>;
  /** Addresses begin with `data.`. */
  readonly data: ReadonlyMap<string, ResourceBlock>;
  readonly variables: ReadonlyMap<string, ObjectValue>;
  readonly locals: ReadonlyMap<string, unknown>;
  readonly outputs: ReadonlyMap<string, ObjectValue>;
  /** Each with the provider's name as its label; aliases are in the body. */
  readonly providers: readonly LabelledBlock[];
}

/**
 * Puts the files of a module together as Terraform does: no name twice, except that override files replace
 * attributes one by one.
 * @see https://developer.hashicorp.com/terraform/language/files/override
 */
export function moduleBlocks(documents: readonly ModuleDocument[]): ModuleBlocks {
  refuseModules(documents);
  return {
    resources: resourceBlocks(merge(documents, "resource", 2)),
    data: resourceBlocks(merge(documents, "data", 2, "data.")),
    variables: merge(documents, "variable", 1),
    locals: localsOf(documents),
    outputs: merge(documents, "output", 1),
    providers: documents.flatMap((document) => blocksOf(document, "provider", 1)),
  };
}

function isOverride({ file }: ModuleDocument): boolean {
  return file === "override.tf.json" || file.endsWith("_override.tf.json");
}

function merge(
  documents: readonly ModuleDocument[],
  kind: string,
  labels: number,
  prefix = "",
): ReadonlyMap<string, ObjectValue> {
  const merged = new Map<string, ObjectValue>();
  for (const document of inMergeOrder(documents)) {
    for (const block of blocksOf(document, kind, labels)) {
      const address = `${prefix}${block.labels.join(".")}`;
      const before = merged.get(address);
      if (before !== undefined && !isOverride(document)) throw declaredTwice(address, document);
      merged.set(address, { ...before, ...block.body });
    }
  }
  return merged;
}

function inMergeOrder(documents: readonly ModuleDocument[]): ModuleDocument[] {
  return [...documents.filter((document) => !isOverride(document)), ...documents.filter(isOverride)];
}

function declaredTwice(address: string, { file }: ModuleDocument): StackError {
  return new StackError({
    address,
    wrong: `is declared twice, again in ${file}`,
    mend: "Rename or remove one",
  });
}

function localsOf(documents: readonly ModuleDocument[]): ReadonlyMap<string, unknown> {
  const locals = new Map<string, unknown>();
  for (const document of inMergeOrder(documents)) {
    for (const [name, value] of blocksOf(document, "locals", 0).flatMap(({ body }) => Object.entries(body))) {
      if (locals.has(name) && !isOverride(document)) throw declaredTwice(`local.${name}`, document);
      locals.set(name, value);
    }
  }
  return locals;
}

function refuseModules(documents: readonly ModuleDocument[]): void {
  const calls = documents.flatMap((document) => blocksOf(document, "module", 1));
  const problems = calls.map(({ labels }) => ({
    address: `module.${labels.join(".")}`,
    wrong: "module calls can't be read from the configuration",
    allowed: "resources of the stack itself are",
    mend: "Apply the stack and give the output of `terraform show -json` instead",
  }));
  if (problems.length > 0) throw new StackError(...problems);
}

function resourceBlocks(bodies: ReadonlyMap<string, ObjectValue>): ReadonlyMap<string, ResourceBlock> {
  const entries = Array.from(bodies, ([address, body]): [string, ResourceBlock] => [
    address,
    { address, type: address.slice(0, address.lastIndexOf(".")), body },
  ]);
  return new Map(entries);
}

/** One file of a Terraform module in JSON syntax. */
export interface ModuleDocument {
  /** Name that messages give it. */
  readonly file: string;
  readonly content: ObjectValue;
}

/** A block with the labels before it, such as type and name of a resource. */
export interface LabelledBlock {
  readonly labels: readonly string[];
  readonly body: ObjectValue;
}

/**
 * The blocks of one kind: Terraform lets each level be an object or a list of objects, and ignores `//`.
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function blocksOf({ file, content }: ModuleDocument, kind: string, labels: number): LabelledBlock[] {
  const value = content[kind];
  return value === undefined ? [] : unfold(value, labels, `${file}: ${kind}`);
}

function unfold(value: unknown, labels: number, address: string): LabelledBlock[] {
  return objectsOf(value, address).flatMap((object) => {
    if (labels === 0) return [{ labels: [], body: withoutComments(object) }];
    return Object.entries(withoutComments(object)).flatMap(([label, inner]) =>
      unfold(inner, labels - 1, `${address}.${label}`).map((block) => ({
        labels: [label, ...block.labels],
        body: block.body,
      })),
    );
  });
}

function objectsOf(value: unknown, address: string): ObjectValue[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const objects = items.filter(isObject);
  if (objects.length === items.length) return objects;
  throw new StackError({
    address,
    wrong: "is not a block",
    got: value,
    allowed: "an object or a list of objects is",
  });
}

function withoutComments(body: ObjectValue): ObjectValue {
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== "//"));
}
