import { JavaList } from "./java-list";
import { listIndex } from "./read-member";
import { isValueMap } from "./value-map";

/** Sets `$target.key` or `$target[key]`; without effect where the target takes no such assignment, as in Velocity. */
export function assign(target: unknown, key: unknown, value: unknown): void {
  if (isValueMap(target)) {
    target.set(key, value);
  } else if (target instanceof JavaList && typeof key === "number") {
    target.items[listIndex(target, key)] = value;
  }
}
