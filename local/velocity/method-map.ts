/** One method of a class. */
export interface JavaMethod {
  readonly name: string;
  /** Simple names of types, `int` and `Object[]` among them. */
  readonly parameters: readonly string[];
  readonly isStatic: boolean;
  /** Whether the implementation takes the arguments as they are. */
  readonly takesAnything: boolean;
  readonly implementation: (...args: unknown[]) => unknown;
}

/** The simple names of arguments' classes; null for a null. */
export type ArgumentTypes = readonly (string | null)[];

const BOXES: Readonly<Record<string, string>> = {
  boolean: "Boolean",
  char: "Character",
  int: "Integer",
  long: "Long",
  float: "Float",
  double: "Double",
};

/** What may be passed for a primitive type: as Velocity has it, a Character is no int. */
const WIDENED: Readonly<Record<string, readonly string[]>> = {
  long: ["int"],
  float: ["int", "long"],
  double: ["int", "long", "float"],
};

/** Every type's simple name with those of its supertypes. */
const SUPERTYPES = new Map<string, ReadonlySet<string>>();

/** Makes a type known, with the names of what its objects may be passed for beside Object. */
export function defineType(type: string, parents: readonly string[]): void {
  const all = parents.flatMap((parent) => [parent, ...(SUPERTYPES.get(parent) ?? [])]);
  SUPERTYPES.set(type, new Set([type, "Object", ...all]));
}

/** The method that Velocity chooses of those that have a name; undefined if none fits, or several fit alike. */
export function chooseMethod(overloads: readonly JavaMethod[], args: ArgumentTypes): JavaMethod | undefined {
  const [only] = overloads;
  if (overloads.length === 1 && only) return isApplicable(only.parameters, args) ? only : undefined;
  return overloads.find((method) => isExact(method, args)) ?? bestMatch(overloads, args);
}

/** The parameters' types as one text, with primitive types as their boxes. */
export function boxedTypes({ parameters }: JavaMethod): string {
  return parameters.map(boxed).join();
}

function boxed(type: string): string {
  return BOXES[type] ?? type;
}

/** Velocity looks methods up by the very classes of the arguments first, without telling `int` from `Integer`. */
function isExact({ parameters }: JavaMethod, args: ArgumentTypes): boolean {
  return (
    parameters.length === args.length &&
    parameters.every((type, index) => boxed(type) === (args[index] ?? "Object"))
  );
}

/**
 * The most specific method, as Velocity's `MethodMap` finds it.
 * @see https://velocity.apache.org/engine/1.7/apidocs/org/apache/velocity/util/introspection/MethodMap.html
 */
function bestMatch(methods: readonly JavaMethod[], args: ArgumentTypes): JavaMethod | undefined {
  let best: JavaMethod | undefined;
  let equal: JavaMethod[] = [];
  for (const method of methods) {
    if (!isApplicable(method.parameters, args)) continue;
    const order = best === undefined ? "more" : specificity(method.parameters, best.parameters);
    if (order === "neither") equal.push(method);
    if (order !== "more") continue;
    const orders = equal.map((other) => specificity(method.parameters, other.parameters));
    if (equal.length === 0 || orders.includes("more")) [best, equal] = [method, []];
    else if (orders.includes("neither")) equal.push(method);
  }
  return equal.length === 0 ? best : undefined;
}

function isApplicable(formal: readonly string[], args: ArgumentTypes): boolean {
  const fits = (types: readonly string[]) => types.every((type, index) => isConvertible(type, args[index]));
  if (formal.length === args.length && fits(formal)) return true;
  const last = formal.at(-1) ?? "";
  const fixed = formal.slice(0, -1);
  if (!isArray(last) || args.length < fixed.length || !fits(fixed)) return false;
  return args.slice(fixed.length).every((arg) => isConvertible(component(last), arg));
}

function isConvertible(formal: string, actual: string | null | undefined): boolean {
  const box = BOXES[formal];
  if (!actual) return box === undefined;
  return (
    isSubtype(actual, formal) ||
    box === actual ||
    (WIDENED[formal] ?? []).some((type) => BOXES[type] === actual)
  );
}

function specificity(left: readonly string[], right: readonly string[]): "more" | "less" | "neither" {
  if (left.length !== right.length) return left.length > right.length ? "more" : "less";
  const isMore = someNarrower(left, right);
  const isLess = someNarrower(right, left);
  if (isMore && isLess) {
    const [leftArray, rightArray] = [isArray(left.at(-1)), isArray(right.at(-1))];
    return leftArray === rightArray ? "neither" : leftArray ? "less" : "more";
  }
  return isMore ? "more" : isLess ? "less" : "neither";
}

function someNarrower(left: readonly string[], right: readonly string[]): boolean {
  return left.some((type, index) => {
    const other = right[index] ?? "";
    const isLast = index === left.length - 1;
    return (
      type !== other &&
      (other === "Object" || isWider(other, type) || (isLast && isWiderElement(other, type)))
    );
  });
}

function isWider(wide: string, narrow: string): boolean {
  return isSubtype(narrow, wide) || (WIDENED[wide] ?? []).includes(narrow);
}

function isWiderElement(wide: string, narrow: string): boolean {
  const element = isArray(narrow) ? component(narrow) : narrow;
  return isArray(wide) && (component(wide) === element || isWider(component(wide), element));
}

function isSubtype(type: string, of: string): boolean {
  return type === of || (SUPERTYPES.get(type)?.has(of) ?? (of === "Object" && BOXES[type] === undefined));
}

/** Tells an array's type. */
export function isArray(type = ""): boolean {
  return type.endsWith("[]");
}

function component(array: string): string {
  return array.slice(0, -2);
}
