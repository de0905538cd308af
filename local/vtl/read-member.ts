import { JavaList } from "./java-list";
import { isJavaObject } from "./java-object";
import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import { isValueMap } from "./value-map";

/** `$target.name`: a map's entry, an object's property, whether a string or list is `empty`; null or undefined for none. */
export function readProperty(target: unknown, name: string): unknown {
  if (isValueMap(target)) {
    return target.get(name);
  }
  if (isJavaObject(target)) {
    return target.property(name);
  }
  if (name !== "empty") {
    return null;
  }
  return target instanceof JavaList
    ? target.items.length === 0
    : target === "" || (typeof target === "string" ? false : null);
}

/** `$target[index]`: a list's item, from the end for a negative index, or a map's entry; null or undefined for none. */
export function readIndex(target: unknown, index: unknown): unknown {
  if (target instanceof JavaList) {
    return typeof index === "number" ? target.items[listIndex(target, index)] : null;
  }
  if (isValueMap(target)) {
    return target.get(index);
  }
  return isJavaObject(target) && typeof index === "string" ? target.property(index) : null;
}

/**
 * The place in a list that an index means, counted from the end if negative.
 *
 * @throws MappingTemplateError if the list has no such place
 */
export function listIndex(list: JavaList, index: number): number {
  const place = index < 0 ? list.items.length + index : index;
  if (place < 0 || place >= list.items.length) {
    throw new MappingTemplateError(`index ${index} is out of bounds for a list of ${list.items.length}`);
  }
  return place;
}
