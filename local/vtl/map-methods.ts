import { javaEquals } from "./java-equals";
import { JavaList } from "./java-list";
import { MapEntry } from "./map-entry";
import { isValueMap, type ValueMap } from "./value-map";

type MapMethod = (map: ValueMap, args: readonly unknown[]) => unknown;

/** The methods of `java.util.Map`. */
export const MAP_METHODS: ReadonlyMap<string, MapMethod> = new Map<string, MapMethod>([
  ["get", (map, [key]) => map.get(key)],
  ["getOrDefault", (map, [key, otherwise]) => (map.has(key) ? map.get(key) : otherwise)],
  ["put", put],
  ["putIfAbsent", (map, [key, value]) => map.get(key) ?? put(map, [key, value])],
  ["putAll", putAll],
  ["remove", remove],
  ["clear", clear],
  ["containsKey", (map, [key]) => map.has(key)],
  ["containsValue", (map, [value]) => [...map.values()].some((item) => javaEquals(item, value))],
  ["size", (map) => map.size],
  ["isEmpty", (map) => map.size === 0],
  ["keySet", (map) => new JavaList([...map.keys()])],
  ["values", (map) => new JavaList([...map.values()])],
  ["entrySet", (map) => new JavaList([...map.entries()].map(([key, value]) => new MapEntry(key, value)))],
]);

function put(map: ValueMap, [key, value]: readonly unknown[]): unknown {
  const old = map.get(key);
  map.set(key, value);
  return old;
}

function putAll(map: ValueMap, [other]: readonly unknown[]): null {
  if (isValueMap(other)) {
    for (const [key, value] of [...other.entries()]) {
      map.set(key, value);
    }
  }
  return null;
}

function remove(map: ValueMap, [key]: readonly unknown[]): unknown {
  const old = map.get(key);
  map.delete(key);
  return old;
}

function clear(map: ValueMap): null {
  for (const key of [...map.keys()]) {
    map.delete(key);
  }
  return null;
}
