import { JavaDouble, JavaFloat } from "../../aws/velocity/java-number";
import { CHARACTER } from "./character-methods";
import {
  ARRAY_LIST,
  ARRAY_LIST_WRAPPER,
  ENTRY,
  ITERATOR,
  JSON_ARRAY,
  LINKED_HASH_MAP,
  MAP_VIEWS,
  SUB_LIST,
} from "./collection-methods";
import { JavaClass } from "./java-class";
import {
  isValueMap,
  JavaArray,
  JavaCharacter,
  JavaIterator,
  JavaList,
  MapEntry,
  MapView,
  SubList,
} from "./java-values";
import { BIG_INTEGER, BOOLEAN, DOUBLE, FLOAT, INTEGER, LONG } from "./number-methods";
import { OBJECT } from "./object-methods";
import { STRING } from "./string-methods";

/** `java.lang.Class`: its names only. Velocity 1.7 would also load other classes by it; whether AWS does is not recorded. */
const CLASS = JavaClass.define<JavaClass>("java.lang.Class", [OBJECT], {
  "getName()": ({ name }) => name,
  "getSimpleName()": ({ simpleName }) => simpleName,
  "getTypeName()": ({ name, simpleName }) => (simpleName.endsWith("[]") ? componentName(name) : name),
  "isArray()": ({ simpleName }) => simpleName.endsWith("[]"),
});

const ARRAYS = {
  String: JavaClass.define("[Ljava.lang.String;", [OBJECT, "Object[]", "CharSequence[]"], {}, {}, "String[]"),
  Object: JavaClass.define("[Ljava.lang.Object;", [OBJECT], {}, {}, "Object[]"),
  byte: JavaClass.define("[B", [OBJECT], {}, {}, "byte[]"),
  char: JavaClass.define("[C", [OBJECT], {}, {}, "char[]"),
};

const LONG_LIMIT = 2n ** 63n;

/** The classes whose objects a template can come by. */
export const JAVA_CLASSES: readonly JavaClass[] = [
  ...[STRING, INTEGER, LONG, BIG_INTEGER, DOUBLE, FLOAT, BOOLEAN, CHARACTER],
  ...[ARRAY_LIST, JSON_ARRAY, SUB_LIST, ARRAY_LIST_WRAPPER, ...Object.values(ARRAYS), ITERATOR],
  ...[LINKED_HASH_MAP, ...Object.values(MAP_VIEWS), ENTRY, CLASS],
];

/** A value's class in Java. */
export function classOf(value: unknown): JavaClass {
  switch (typeof value) {
    case "string":
      return STRING;
    case "number":
      return INTEGER;
    case "bigint":
      return value >= -LONG_LIMIT && value < LONG_LIMIT ? LONG : BIG_INTEGER;
    case "boolean":
      return BOOLEAN;
    default:
      return objectClass(value);
  }
}

function objectClass(value: unknown): JavaClass {
  if (isValueMap(value)) return LINKED_HASH_MAP;
  if (value instanceof SubList) return SUB_LIST;
  if (value instanceof JavaList) return value.printsAs === "json" ? JSON_ARRAY : ARRAY_LIST;
  if (value instanceof MapView) return MAP_VIEWS[value.part];
  if (value instanceof MapEntry) return ENTRY;
  if (value instanceof JavaFloat) return FLOAT;
  if (value instanceof JavaDouble) return DOUBLE;
  if (value instanceof JavaArray) return ARRAYS[value.componentType];
  if (value instanceof JavaCharacter) return CHARACTER;
  if (value instanceof JavaIterator) return ITERATOR;
  return value instanceof JavaClass ? CLASS : OBJECT;
}

function componentName(arrayName: string): string {
  const element = { "[B": "byte", "[C": "char" }[arrayName] ?? arrayName.slice(2, -1);
  return `${element}[]`;
}
