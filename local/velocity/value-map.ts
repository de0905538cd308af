import { ContextMap } from "./context-map";

/** A map that templates read and change: one of their own, or a part of `$context`. */
export type ValueMap = Map<unknown, unknown> | ContextMap;

/** Tells a map from other values. */
export function isValueMap(value: unknown): value is ValueMap {
  return value instanceof Map || value instanceof ContextMap;
}
