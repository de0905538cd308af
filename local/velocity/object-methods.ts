import { hashCode } from "./hash-code";
import { JavaClass } from "./java-class";
import { javaEquals } from "./java-equals";
import { valueText } from "./value-text";

/** What every Java object has; `getClass` is the caller's, who knows all classes. */
export const OBJECT = JavaClass.define("java.lang.Object", [], {
  "toString()": valueText,
  "equals(Object)": javaEquals,
  "hashCode()": hashCode,
});
