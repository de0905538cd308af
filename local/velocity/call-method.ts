import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import { classOf } from "./class-of";
import { invoke, JavaClass, type JavaMethod, signature } from "./java-class";
import { JavaArray } from "./java-list";
import { isJavaObject } from "./java-object";
import { ARRAY_LIST_WRAPPER } from "./list-methods";
import type { RenderFrame } from "./render-frame";
import { isLarge, weightOf } from "./weight";

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

/** Finding a method takes as long as rendering so many parts of a template. */
const CALL_STEPS = 4;

/** Methods that take the same time however large their object is. */
const QUICK: ReadonlySet<string> = new Set([
  ...[
    "length",
    "isEmpty",
    "charAt",
    "codePointAt",
    "substring",
    "subSequence",
    "startsWith",
    "endsWith",
    "concat",
  ],
  ...[
    "size",
    "get",
    "set",
    "add",
    "put",
    "containsKey",
    "getOrDefault",
    "putIfAbsent",
    "keySet",
    "values",
    "entrySet",
  ],
  ...["iterator", "hasNext", "next", "getKey", "getValue", "setValue", "getClass"],
]);

/** A key that is an object is looked for from the first to the last, and what is put between items moves those behind it. */
function isQuick(name: string, args: readonly unknown[]): boolean {
  if (!QUICK.has(name)) return false;
  return name === "add" ? args.length === 1 : typeof args[0] !== "object";
}

/** Texts and arrays are made by the methods that give them; lists and maps may be as old as the rendering. */
function isMade(value: unknown): boolean {
  return typeof value === "string" || value instanceof JavaArray;
}

function classOrNull(value: unknown): JavaClass | null {
  return (value ?? null) === null ? null : classOf(value);
}

/** The method of a value's class, or of what Velocity adds: a list's for an array, the described class's own for a Class. */
export function findMethod(target: unknown, name: string, args: readonly unknown[]): JavaMethod | undefined {
  const types = args.map(classOrNull);
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
  const parameters = args.map((arg) => classOrNull(arg)?.simpleName ?? "null");
  const others = owner.overloads(name).map(signature);
  const hint = others.length === 0 ? "" : ` (it has ${others.join(", ")})`;
  return `${owner.name} has no method ${signature({ name, parameters })}${hint}: it renders as nothing`;
}
