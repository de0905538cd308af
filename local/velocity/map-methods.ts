import { JavaClass } from "./java-class";
import { javaEquals } from "./java-equals";
import { COLLECTION } from "./list-methods";
import type { MapEntry } from "./map-entry";
import { MapView } from "./map-view";
import { OBJECT } from "./object-methods";
import type { ValueMap } from "./value-map";

/** `java.util.LinkedHashMap`. Left out: what takes a function. */
export const LINKED_HASH_MAP = JavaClass.define<ValueMap>(
  "java.util.LinkedHashMap",
  [OBJECT, "HashMap", "Map"],
  {
    "get(Object)": (map, key: unknown) => map.get(keyIn(map, key)),
    "getOrDefault(Object,Object)": (map, key: unknown, otherwise: unknown) =>
      map.has(keyIn(map, key)) ? map.get(keyIn(map, key)) : otherwise,
    "put(Object,Object)": put,
    "putIfAbsent(Object,Object)": (map, key: unknown, value: unknown) =>
      map.get(keyIn(map, key)) ?? put(map, key, value),
    "putAll(Map)": (map, other: ValueMap) => {
      for (const [key, value] of [...other.entries()]) put(map, key, value);
    },
    "remove(Object)": (map, key: unknown) => {
      const old = map.get(keyIn(map, key));
      map.delete(keyIn(map, key));
      return old;
    },
    "remove(Object,Object)": (map, key: unknown, value: unknown) => {
      const matches = holds(map, key, value);
      if (matches) map.delete(keyIn(map, key));
      return matches;
    },
    "replace(Object,Object)": (map, key: unknown, value: unknown) =>
      map.has(keyIn(map, key)) ? put(map, key, value) : null,
    "replace(Object,Object,Object)": (map, key: unknown, old: unknown, value: unknown) => {
      const matches = holds(map, key, old);
      if (matches) put(map, key, value);
      return matches;
    },
    "containsKey(Object)": (map, key: unknown) => map.has(keyIn(map, key)),
    "containsValue(Object)": (map, value: unknown) =>
      [...map.values()].some((item) => javaEquals(item, value)),
    "size()": (map) => map.size,
    "isEmpty()": (map) => map.size === 0,
    "clear()": (map) => {
      for (const key of [...map.keys()]) map.delete(key);
    },
    "clone()": (map) => new Map<unknown, unknown>(map.entries()),
    "keySet()": (map) => new MapView(map, "keys"),
    "values()": (map) => new MapView(map, "values"),
    "entrySet()": (map) => new MapView(map, "entries"),
  },
);

/** The classes of a map's parts. */
export const MAP_VIEWS = {
  keys: JavaClass.define("java.util.LinkedHashMap$LinkedKeySet", [COLLECTION, "Set"], {}),
  values: JavaClass.define("java.util.LinkedHashMap$LinkedValues", [COLLECTION], {}),
  entries: JavaClass.define("java.util.LinkedHashMap$LinkedEntrySet", [COLLECTION, "Set"], {}),
};

/** `java.util.Map.Entry`. */
export const ENTRY = JavaClass.define<MapEntry>("java.util.LinkedHashMap$Entry", [OBJECT], {
  "getKey()": ({ key }) => key,
  "getValue()": ({ value }) => value,
  "setValue(Object)": (entry, value: unknown) => entry.setValue(value),
});

/** The map's own key that equals the one asked for: JavaScript's maps tell two doubles or two lists of one content apart. */
function keyIn(map: ValueMap, key: unknown): unknown {
  return typeof key === "object" && !map.has(key)
    ? ([...map.keys()].find((own) => javaEquals(own, key)) ?? key)
    : key;
}

function put(map: ValueMap, key: unknown, value: unknown): unknown {
  const own = keyIn(map, key);
  const old = map.get(own);
  map.set(own, value);
  return old;
}

function holds(map: ValueMap, key: unknown, value: unknown): boolean {
  const own = keyIn(map, key);
  return map.has(own) && javaEquals(map.get(own), value);
}
