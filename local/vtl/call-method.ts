import { classOf } from "./class-of";
import { invoke, JavaClass, type JavaMethod, signature } from "./java-class";
import { JavaArray } from "./java-list";
import { isJavaObject } from "./java-object";
import { ARRAY_LIST_WRAPPER } from "./list-methods";
import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";

/**
 * The result of a Java method; null or undefined where there is none. A method that does not exist, or not for arguments of
 * these types, gives none either, as on AWS: `notes` is told.
 */
export function callMethod(
  target: unknown,
  name: string,
  args: readonly unknown[],
  notes: Set<string>,
): unknown {
  if (isJavaObject(target)) {
    const result = target.call(name, args);
    if (result === undefined)
      notes.add(`${target.templateName} has no method ${name}: it renders as nothing`);
    return result;
  }
  const method = findMethod(target, name, args);
  if (method) return invoke(method, target, args);
  if (name === "getClass" && args.length === 0) return classOf(target);
  notes.add(missingMethod(target, name, args));
  return null;
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
