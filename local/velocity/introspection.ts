import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import { classOf } from "./class-of";
import { ARRAY_LIST_WRAPPER } from "./collection-methods";
import { invoke, JavaClass, signature } from "./java-class";
import { isValueMap, JavaArray, JavaList } from "./java-values";
import type { JavaMethod } from "./method-map";
import { isLarge, type RenderFrame, weightOf } from "./render-frame";

/** Finding a method takes as long as rendering so many parts of a template. */
const CALL_STEPS = 4;

/** Methods that take the same time however large their object is. */
const QUICK: ReadonlySet<string> = new Set(
  [
    "length isEmpty charAt codePointAt substring subSequence startsWith endsWith concat",
    "size get set add put containsKey getOrDefault putIfAbsent keySet values entrySet",
    "iterator hasNext next getKey getValue setValue getClass",
  ].flatMap((names) => names.split(" ")),
);

/** An object of the template's host or of Velocity's own that templates can ask for properties and call methods on. */
export interface JavaObject {
  /** As templates name it: `$input`. */
  readonly templateName: string;
  /** The property's value; null if there is none. */
  property(name: string): unknown;
  /** The method's result; null if it has none, undefined if there is no such method. */
  call(name: string, args: readonly unknown[]): unknown;
  /** Steps that a call takes, where they are more than none. */
  weight?(name: string, args: readonly unknown[]): number;
}

/** Tells an object of the engine's own from a template's data. */
function isJavaObject(value: unknown): value is JavaObject {
  return typeof value === "object" && value !== null && "templateName" in value;
}

/**
 * The result of a Java method; null or undefined where there is none. A method that does not exist, or not for arguments of
 * these types, gives none either, as on AWS: the frame's notes are told.
 */
export function callMethod(
  target: unknown,
  name: string,
  args: readonly unknown[],
  frame: RenderFrame,
): unknown {
  const { notes } = frame;
  frame.spend(CALL_STEPS);
  if (isJavaObject(target)) {
    frame.spend(target.weight?.(name, args) ?? 0);
    const result = target.call(name, args);
    // Writing JSON is slower than copying text.
    if (typeof result === "string" && isLarge(result)) {
      frame.spend(weightOf(result) * (name === "json" ? 24 : 1));
    }
    if (result === undefined) {
      notes.add(`${target.templateName} has no method ${name}: it renders as nothing`);
    }
    return result;
  }
  const method = findMethod(target, name, args);
  if (method) {
    if (!isQuick(name, args)) {
      for (const value of [target, ...args]) if (isLarge(value)) frame.spend(weightOf(value));
    }
    const result = invoke(method, target, args);
    if (isMade(result) && isLarge(result)) frame.spend(weightOf(result));
    return result;
  }
  if (name === "getClass" && args.length === 0) return classOf(target);
  notes.add(missingMethod(target, name, args));
  return null;
}

/** A key that is an object is looked for from the first to the last, and what is put between items moves those behind it. */
function isQuick(name: string, args: readonly unknown[]): boolean {
  if (!QUICK.has(name)) return false;
  return name === "add" ? args.length === 1 : typeof args[0] !== "object";
}

/** Texts and arrays are made by the methods that give them; lists and maps may be as old as the rendering. */
function isMade(value: unknown): boolean {
  return typeof value === "string" || value instanceof JavaArray;
}

function typeOf(value: unknown): string | null {
  return (value ?? null) === null ? null : classOf(value).simpleName;
}

/** The method of a value's class, or of what Velocity adds: a list's for an array, the described class's own for a Class. */
function findMethod(target: unknown, name: string, args: readonly unknown[]): JavaMethod | undefined {
  const types = args.map(typeOf);
  const found = classOf(target).find(name, types);
  if (found) return found;
  if (target instanceof JavaArray) return ARRAY_LIST_WRAPPER.find(name, types);
  const described = target instanceof JavaClass ? target.find(name, types) : undefined;
  if (described && !described.isStatic) {
    throw new MappingTemplateError(
      `IllegalArgumentException: ${name} is called on a class, and is no static method`,
    );
  }
  return described;
}

function missingMethod(target: unknown, name: string, args: readonly unknown[]): string {
  const owner = classOf(target);
  const parameters = args.map((arg) => typeOf(arg) ?? "null");
  const others = owner.overloads(name).map(signature);
  const hint = others.length === 0 ? "" : ` (it has ${others.join(", ")})`;
  return `${owner.name} has no method ${signature({ name, parameters })}${hint}: it renders as nothing`;
}

/**
 * `$target.name`: what `getName()` gives, else a map's entry, else what `isName()` gives; null or undefined for none.
 * So `$map.class` is the map's class, whatever entries it has.
 */
export function readProperty(target: unknown, name: string): unknown {
  if (isJavaObject(target)) return target.property(name);
  if (name === "class") return classOf(target);
  const { getter, test } = classOf(target).accessors(name);
  if (getter) return invoke(getter, target, []);
  if (isValueMap(target)) return target.get(name);
  return test ? invoke(test, target, []) : null;
}

/** `$target[index]`: what `get(index)` gives, counted from the end for a negative index; null or undefined for none. */
export function readIndex(target: unknown, index: unknown): unknown {
  if (isJavaObject(target)) return typeof index === "string" ? target.property(index) : null;
  const key = target instanceof JavaList || target instanceof JavaArray ? listIndex(target, index) : index;
  const get = findMethod(target, "get", [key]);
  return get ? invoke(get, target, [key]) : null;
}

/**
 * The place in a list that an index means, counted from the end if negative.
 *
 * @throws MappingTemplateError if the list has no such place
 */
function listIndex<Index>(list: JavaList | JavaArray, index: Index): Index | number {
  if (typeof index !== "number") return index;
  const place = index < 0 ? list.items.length + index : index;
  if (place < 0 || place >= list.items.length) {
    throw new MappingTemplateError(`index ${index} is out of bounds for a list of ${list.items.length}`);
  }
  return place;
}

/** Sets `$target.key` or `$target[key]`; without effect where the target takes no such assignment, as in Velocity. */
export function assign(target: unknown, key: unknown, value: unknown): void {
  if (isValueMap(target)) target.set(key, value);
  else if (target instanceof JavaList && typeof key === "number") {
    target.items[listIndex(target, key)] = value;
  }
}
