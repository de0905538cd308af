import { JavaDouble } from "../../aws/velocity/java-number";
import { JavaCharacter } from "./java-character";
import { JavaArray, JavaCollection } from "./java-list";

/** A template's value as plain JavaScript: what the caller finds in `$context` after rendering. */
export function plainValue(value: unknown): unknown {
  if (value instanceof JavaDouble) return value.value;
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  if (value instanceof JavaCharacter) return value.value;
  if (value instanceof JavaCollection || value instanceof JavaArray) return value.items.map(plainValue);
  if (value instanceof Map) {
    const plain = Object.create(null) as Record<string, unknown>;
    for (const [key, item] of value as Map<unknown, unknown>) plain[String(key)] = plainValue(item);
    return plain;
  }
  return value;
}
