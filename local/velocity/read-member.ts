import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import { findMethod } from "./call-method";
import { classOf } from "./class-of";
import { invoke } from "./java-class";
import { JavaArray, JavaList } from "./java-list";
import { isJavaObject } from "./java-object";
import { isValueMap } from "./value-map";

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
export function listIndex<Index>(list: JavaList | JavaArray, index: Index): Index | number {
  if (typeof index !== "number") return index;
  const place = index < 0 ? list.items.length + index : index;
  if (place < 0 || place >= list.items.length) {
    throw new MappingTemplateError(`index ${index} is out of bounds for a list of ${list.items.length}`);
  }
  return place;
}
