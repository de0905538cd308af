import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import { JavaClass, type JavaMethods } from "./java-class";
import {
  JavaArray,
  type JavaCollection,
  JavaIterator,
  JavaList,
  type MapEntry,
  MapView,
  SubList,
  type ValueMap,
} from "./java-values";
import { javaEquals, OBJECT } from "./object-methods";

/** What collections and arrays have in common. */
const OF_ITEMS: JavaMethods<JavaCollection | JavaArray> = {
  "size()": ({ items }) => items.length,
  "isEmpty()": ({ items }) => items.length === 0,
  "contains(Object)": ({ items }, value: unknown) => indexOf(items, value) >= 0,
  "containsAll(Collection)": ({ items }, other: JavaCollection) =>
    other.items.every((item) => indexOf(items, item) >= 0),
};

/** `java.util.Collection`. Left out here and below: what takes a function, and streams. */
const COLLECTION = JavaClass.define<JavaCollection>("java.util.Collection", [OBJECT, "Iterable"], {
  ...OF_ITEMS,
  "add(Object)": unsupported,
  "addAll(Collection)": (_, other: JavaCollection) => other.items.length > 0 && unsupported(),
  "remove(Object)": (collection, value: unknown) => {
    const index = indexOf(collection.items, value);
    if (index >= 0) collection.removeAt(index);
    return index >= 0;
  },
  "removeAll(Collection)": (collection, other: JavaCollection) =>
    collection.keep((item) => indexOf(other.items, item) < 0),
  "retainAll(Collection)": (collection, other: JavaCollection) =>
    collection.keep((item) => indexOf(other.items, item) >= 0),
  "clear()": (collection) => {
    collection.clear();
  },
  "iterator()": (collection) => new JavaIterator(collection),
  "toArray()": ({ items }) => new JavaArray([...items]),
});

/** What lists and arrays have in common. */
const BY_INDEX: JavaMethods<JavaList | JavaArray> = {
  "get(int)": ({ items }, index: number) => items[place(items, index)],
  "set(int,Object)": ({ items }, index: number, value: unknown) =>
    items.splice(place(items, index), 1, value)[0],
  "indexOf(Object)": ({ items }, value: unknown) => indexOf(items, value),
  "lastIndexOf(Object)": ({ items }, value: unknown) =>
    items.findLastIndex((item) => javaEquals(item, value)),
};

/** `java.util.List`. */
const LIST = JavaClass.define<JavaList>("java.util.List", [COLLECTION], {
  ...BY_INDEX,
  "add(Object)": (list, value: unknown) => {
    list.splice(list.items.length, 0, [value]);
    return true;
  },
  "add(int,Object)": (list, index: number, value: unknown) => {
    list.splice(place(list.items, index, list.items.length + 1), 0, [value]);
  },
  "addAll(Collection)": (list, other: JavaCollection) => addAll(list, list.items.length, other),
  "addAll(int,Collection)": (list, index: number, other: JavaCollection) =>
    addAll(list, place(list.items, index, list.items.length + 1), other),
  "remove(int)": (list, index: number) => list.splice(place(list.items, index), 1, [])[0],
  "subList(int,int)": (list, from: number, to: number) => {
    const end = place(list.items, to, list.items.length + 1);
    return new SubList(list, place(list.items, from, end + 1), end);
  },
});

/** `java.util.ArrayList`. */
export const ARRAY_LIST = JavaClass.define<JavaList>("java.util.ArrayList", [LIST], {
  "clone()": ({ items, printsAs }) => new JavaList([...items], printsAs),
  "ensureCapacity(int)": () => undefined,
  "trimToSize()": () => undefined,
});

/** What JSON's arrays are. */
export const JSON_ARRAY = JavaClass.define("net.minidev.json.JSONArray", [ARRAY_LIST], {});

/** What `subList` gives. */
export const SUB_LIST = JavaClass.define("java.util.ArrayList$SubList", [LIST], {});

/** The list that Velocity lends to an array: what would change its length is unsupported. */
export const ARRAY_LIST_WRAPPER = JavaClass.define<JavaArray>(
  "org.apache.velocity.util.ArrayListWrapper",
  [OBJECT],
  {
    ...OF_ITEMS,
    ...BY_INDEX,
    "add(Object)": unsupported,
    "add(int,Object)": unsupported,
    "addAll(Collection)": unsupported,
    "remove(int)": unsupported,
    "clear()": unsupported,
    "iterator()": ({ items }) => new JavaIterator(new JavaList(items)),
    "subList(int,int)": ({ items }, from: number, to: number) => new JavaList(items.slice(from, to)),
  },
);

/** `java.util.Iterator`. */
export const ITERATOR = JavaClass.define<JavaIterator>("java.util.Iterator", [OBJECT], {
  "hasNext()": (iterator) => iterator.hasNext(),
  "next()": (iterator) => iterator.next(),
  "remove()": (iterator) => {
    iterator.remove();
  },
});

function indexOf(items: readonly unknown[], value: unknown): number {
  return items.findIndex((item) => javaEquals(item, value));
}

/** Java counts from the start only. */
function place(items: readonly unknown[], index: number, length = items.length): number {
  if (index < 0 || index >= length) {
    throw new MappingTemplateError(`index ${index} is out of bounds for a list of ${items.length}`);
  }
  return index;
}

function addAll(list: JavaList, index: number, { items }: JavaCollection): boolean {
  list.splice(index, 0, items);
  return items.length > 0;
}

function unsupported(): never {
  throw new MappingTemplateError(
    "UnsupportedOperationException: an array or a map's part takes no new items",
  );
}

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
