import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import { JavaClass, type JavaMethods } from "./java-class";
import { javaEquals } from "./java-equals";
import { JavaArray, type JavaCollection, JavaIterator, JavaList, SubList } from "./java-list";
import { OBJECT } from "./object-methods";

/** `java.util.Collection`. Left out here and below: what takes a function, and streams. */
export const COLLECTION = JavaClass.define<JavaCollection>("java.util.Collection", [OBJECT, "Iterable"], {
  "size()": ({ items }) => items.length,
  "isEmpty()": ({ items }) => items.length === 0,
  "contains(Object)": ({ items }, value: unknown) => indexOf(items, value) >= 0,
  "containsAll(Collection)": ({ items }, other: JavaCollection) =>
    other.items.every((item) => indexOf(items, item) >= 0),
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
export const LIST = JavaClass.define<JavaList>("java.util.List", [COLLECTION], {
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
    ...BY_INDEX,
    "size()": ({ items }) => items.length,
    "isEmpty()": ({ items }) => items.length === 0,
    "contains(Object)": ({ items }, value: unknown) => indexOf(items, value) >= 0,
    "containsAll(Collection)": ({ items }, other: JavaCollection) =>
      other.items.every((item) => indexOf(items, item) >= 0),
    "add(Object)": unsupported,
    "add(int,Object)": unsupported,
    "addAll(Collection)": unsupported,
    "remove(int)": unsupported,
    "clear()": unsupported,
    "iterator()": ({ items }) => new JavaIterator(new JavaList(items)),
    "subList(int,int)": ({ items }, from: number, to: number) => new JavaList(items.slice(from, to)),
  },
);

/** `Object[]`. */
export const OBJECT_ARRAY = JavaClass.define("[Ljava.lang.Object;", [OBJECT], {}, {}, "Object[]");

/** `byte[]`. */
export const BYTE_ARRAY = JavaClass.define("[B", [OBJECT], {}, {}, "byte[]");

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
