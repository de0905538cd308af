import { javaEquals } from "./java-equals";
import { JavaList } from "./java-list";
import { isJavaObject } from "./java-object";
import { LIST_METHODS } from "./list-methods";
import { MAP_METHODS } from "./map-methods";
import { NUMBER_METHODS } from "./number-methods";
import { STRING_METHODS } from "./string-methods";
import { isValueMap } from "./value-map";
import { valueText } from "./value-text";

/** The result of a Java method; null or undefined where there is none, or no such method. */
export function callMethod(target: unknown, name: string, args: readonly unknown[]): unknown {
  if (typeof target === "string") {
    return callString(target, name, args);
  }
  if (isJavaObject(target)) {
    return target.call(name, args);
  }
  if (isValueMap(target)) {
    const method = MAP_METHODS.get(name);
    return method ? method(target, args) : callCommon(target, name, args);
  }
  if (target instanceof JavaList) {
    const method = LIST_METHODS.get(name);
    return method ? method(target, args) : callCommon(target, name, args);
  }
  return NUMBER_METHODS.get(name)?.(target) ?? callCommon(target, name, args);
}

function callString(target: string, name: string, args: readonly unknown[]): unknown {
  const method = STRING_METHODS.get(name);
  return method ? method(target, args) : callCommon(target, name, args);
}

/** What every Java object has. */
function callCommon(target: unknown, name: string, args: readonly unknown[]): unknown {
  switch (name) {
    case "toString":
      return valueText(target);
    case "equals":
      return javaEquals(target, args[0]);
    default:
      return null;
  }
}
