import { type ObjectValue, isObject } from "../expression/value";
import { StackError } from "../stack-error";

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
