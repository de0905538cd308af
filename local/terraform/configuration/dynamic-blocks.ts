import { entriesOf } from "../expression/for-entries";
import { type Scope, withNames } from "../expression/expression";
import { type ObjectValue, isObject, toText } from "../expression/value";
import { StackError } from "../stack-error";
import { atAddress } from "../terraform-resource";
import { bounding, evaluateJson } from "./evaluate-json";

/**
 * Value of an attribute, or of the blocks of one name: those that are written, then what `dynamic` blocks make of the items
 * of their `for_each`. Undefined where the body has neither.
 * @see https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks
 */
export function givenValue(body: ObjectValue, name: string, scope: Scope, address: string): unknown {
  const written = Object.hasOwn(body, name) ? body[name] : undefined;
  const place = `${address}.${name}`;
  const value = bounding(written, place, () => evaluateNested(written, scope, place));
  const dynamic = dynamicBlocks(body).filter((block) => block.name === name);
  if (dynamic.length === 0) return value;
  const made = dynamic.flatMap((block) => expanded(block, scope, address));
  return [value ?? [], made].flat();
}

/** A `dynamic` block as written. */
interface DynamicBlock {
  readonly name: string;
  readonly body: ObjectValue;
}

/** Each level may be an object or a list of them. */
function dynamicBlocks({ dynamic }: ObjectValue): DynamicBlock[] {
  return objectsOf(dynamic).flatMap((byName) =>
    Object.entries(byName).flatMap(([name, bodies]) => objectsOf(bodies).map((body) => ({ name, body }))),
  );
}

function objectsOf(value: unknown): ObjectValue[] {
  return [value].flat().filter(isObject);
}

function expanded({ name, body }: DynamicBlock, scope: Scope, address: string): unknown[] {
  const place = `${address}.dynamic.${name}`;
  const [content] = objectsOf(body.content);
  if (content === undefined) {
    throw new StackError({ address: place, wrong: "has no content", mend: "Add it" });
  }
  if (body.labels !== undefined) {
    throw new StackError({ address: `${place}.labels`, wrong: "is not supported", mend: "Remove it" });
  }
  const items = evaluateJson(body.for_each, scope, `${place}.for_each`);
  return atAddress(`${place}.for_each`, () => entriesOf(items)).map(([key, value]) => {
    const inner = withNames(scope, { [iteratorOf(body, name)]: { key, value } });
    return evaluateNested(content, inner, `${address}.${name}[${JSON.stringify(key)}]`);
  });
}

/** A name, which native syntax has as a reference. */
function iteratorOf({ iterator }: ObjectValue, name: string): string {
  return iterator === undefined ? name : toText(iterator).replace(/^\$\{(.*)\}$/, "$1");
}

/** What stands in a body, in which blocks may hold `dynamic` ones in turn. */
function evaluateNested(value: unknown, scope: Scope, address: string): unknown {
  if (!holdsDynamic(value)) return evaluateJson(value, scope, address);
  if (Array.isArray(value)) {
    return value.map((item, index) => evaluateNested(item, scope, `${address}[${index}]`));
  }
  if (!isBody(value)) return evaluateJson(value, scope, address);
  const names = new Set([...Object.keys(value), ...dynamicBlocks(value).map(({ name }) => name)]);
  names.delete("dynamic");
  return Object.fromEntries(Array.from(names, (name) => [name, givenValue(value, name, scope, address)]));
}

function holdsDynamic(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsDynamic);
  return isObject(value) && (isBody(value) || Object.values(value).some(holdsDynamic));
}

/** Unlike a map with a key of that name, such as tags. */
function isBody(value: unknown): value is ObjectValue {
  if (!isObject(value) || !Object.hasOwn(value, "dynamic")) return false;
  const blocks = dynamicBlocks(value);
  return blocks.length > 0 && blocks.every(({ body }) => Object.hasOwn(body, "for_each"));
}
