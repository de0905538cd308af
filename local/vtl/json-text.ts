import { ContextMap } from "./context-map";
import { JavaDouble } from "../../aws/velocity/java-double";
import { JavaList } from "./java-list";

/** A value as compact JSON. Characters beyond ASCII pass as they are. */
export function jsonText(value: unknown): string {
  if (value instanceof JavaList) {
    return `[${value.items.map(jsonText).join(",")}]`;
  }
  if (value instanceof Map || value instanceof ContextMap) {
    const members = [...value.entries()].map(
      ([key, item]) => `${JSON.stringify(String(key))}:${jsonText(item)}`,
    );
    return `{${members.join(",")}}`;
  }
  if (value instanceof JavaDouble || typeof value === "bigint") {
    return value.toString();
  }
  return JSON.stringify(value ?? null);
}
