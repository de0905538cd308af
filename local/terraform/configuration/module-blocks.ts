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
  readonly calls: ReadonlyMap<string, CalledModule>;
  /** `path.module`. */
  readonly path: string;
}

/** A `module` block. */
export interface CalledModule {
  readonly body: ObjectValue;
  /** Throws `StackError` where the module's files are not on this machine. */
  readonly blocks: () => ModuleBlocks;
}

/**
 * Puts the files of a module together as Terraform does: no name twice, except that override files replace
 * attributes one by one.
 * @see https://developer.hashicorp.com/terraform/language/files/override
 */
export function moduleBlocks({ path, documents, modules }: LoadedModule): ModuleBlocks {
  return {
    path,
    resources: resourceBlocks(merge(documents, "resource", 2)),
    data: resourceBlocks(merge(documents, "data", 2, "data.")),
    variables: merge(documents, "variable", 1),
    locals: localsOf(documents),
    outputs: merge(documents, "output", 1),
    providers: documents.flatMap((document) => blocksOf(document, "provider", 1)),
    calls: new Map(
      Array.from(moduleCalls(documents), ([name, body]) => [
        name,
        calledModule(name, body, modules.get(name)),
      ]),
    ),
  };
}

/** The `module` blocks by name. */
export function moduleCalls(documents: readonly ModuleDocument[]): ReadonlyMap<string, ObjectValue> {
  return merge(documents, "module", 1);
}

function calledModule(name: string, body: ObjectValue, loaded: LoadedModule | undefined): CalledModule {
  let blocks: ModuleBlocks | undefined;
  return {
    body,
    blocks: () => {
      if (loaded === undefined) throw notHere(name, body);
      return (blocks ??= moduleBlocks(loaded));
    },
  };
}

function notHere(name: string, { source }: ObjectValue): StackError {
  return new StackError({
    address: `module.${name}.source`,
    wrong: "is a module that is not on this machine",
    got: source,
    mend: "Run `terraform init` in the stack's folder",
  });
}

function isOverride({ file }: ModuleDocument): boolean {
  return /(?:^|_)override\.tf(?:\.json)?$/.test(file);
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
      if (before === undefined && isOverride(document)) throw overridesNothing(address, document);
      merged.set(address, before === undefined ? block.body : overridden(before, block.body));
    }
  }
  return merged;
}

/** Blocks of a type take the place of all of that type, `dynamic` ones too. */
function overridden(before: ObjectValue, after: ObjectValue): ObjectValue {
  const made = dynamicOf(after);
  const replaced = new Set([...Object.keys(after), ...made.flatMap((byName) => Object.keys(byName))]);
  const kept = without(before, replaced);
  const dynamic = [...dynamicOf(before).map((byName) => without(byName, replaced)), ...made];
  const others = without({ ...kept, ...after }, new Set(["dynamic"]));
  const isNeeded = dynamic.some((byName) => Object.keys(byName).length > 0);
  return isNeeded ? { ...others, dynamic } : others;
}

function dynamicOf({ dynamic }: ObjectValue): readonly ObjectValue[] {
  return [dynamic].flat().filter(isObject);
}

function without(object: ObjectValue, names: ReadonlySet<string>): ObjectValue {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.has(name)));
}

function overridesNothing(address: string, { file }: ModuleDocument): StackError {
  return new StackError({
    address,
    wrong: `overrides nothing: it is declared in ${file} alone`,
    mend: "Declare it in a file that overrides none",
  });
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
      const isDeclared = locals.has(name);
      if (isDeclared && !isOverride(document)) throw declaredTwice(`local.${name}`, document);
      if (!isDeclared && isOverride(document)) throw overridesNothing(`local.${name}`, document);
      locals.set(name, value);
    }
  }
  return locals;
}

function resourceBlocks(bodies: ReadonlyMap<string, ObjectValue>): ReadonlyMap<string, ResourceBlock> {
  const entries = Array.from(bodies, ([address, body]): [string, ResourceBlock] => [
    address,
    { address, type: address.slice(0, address.lastIndexOf(".")), body },
  ]);
  return new Map(entries);
}

/** One file of a Terraform module, whatever its syntax, as Terraform JSON has it. */
export interface ModuleDocument {
  /** Name that messages give it. */
  readonly file: string;
  readonly content: ObjectValue;
}

/** A module's files, and those of the modules that it calls, as far as they are on this machine. */
export interface LoadedModule {
  /** The folder as `path.module` has it: relative to that of the root module. */
  readonly path: string;
  readonly documents: readonly ModuleDocument[];
  /** By the name of the call. */
  readonly modules: ReadonlyMap<string, LoadedModule>;
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
