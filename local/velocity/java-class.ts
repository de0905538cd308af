import { JavaDouble } from "../../aws/velocity/java-number";
import type { JavaCharacter } from "./java-character";
import { JavaArray } from "./java-list";

/** What a method does: a static one is given its arguments only, any other the object first. */
type Implementation<T> = (target: T, ...args: never[]) => unknown;

/** Methods by their signature in Java: `"indexOf(String,int)"`. */
export type JavaMethods<T> = Readonly<Record<string, Implementation<T>>>;

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

interface Accessors {
  readonly getter: JavaMethod | undefined;
  readonly test: JavaMethod | undefined;
}

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

/** Primitive types that reach implementations as JavaScript's values: `long` as a bigint, `double` as a number. */
const CONVERTED: ReadonlySet<string> = new Set(["char", "long", "float", "double"]);

/** Every type's simple name with those of its supertypes. */
const SUPERTYPES = new Map<string, ReadonlySet<string>>();

/** A Java class as templates see it through Velocity's introspection: public methods, static ones among them, and a name. */
export class JavaClass {
  public readonly simpleName: string;
  private readonly methods = new Map<string, JavaMethod[]>();
  private readonly properties = new Map<string, Accessors>();

  private constructor(
    public readonly name: string,
    simpleName: string | undefined,
  ) {
    this.simpleName = simpleName ?? name.slice(Math.max(name.lastIndexOf("."), name.lastIndexOf("$")) + 1);
  }

  /** Parents are classes, whose methods are inherited, or mere names of types that its objects may be passed for. */
  public static define<T>(
    name: string,
    parents: readonly (JavaClass | string)[],
    methods: JavaMethods<T>,
    statics: Readonly<Record<string, (...args: never[]) => unknown>> = {},
    simpleName?: string,
  ): JavaClass {
    const defined = new JavaClass(name, simpleName);
    const above = parents.map((parent) => (typeof parent === "string" ? parent : parent.simpleName));
    const all = above.flatMap((parent) => [parent, ...(SUPERTYPES.get(parent) ?? [])]);
    SUPERTYPES.set(defined.simpleName, new Set([defined.simpleName, "Object", ...all]));
    defined.add(methods, false);
    defined.add(statics, true);
    for (const parent of parents) if (typeof parent !== "string") defined.inherit(parent);
    return defined;
  }

  /** Names of all methods. */
  public get methodNames(): Iterable<string> {
    return this.methods.keys();
  }

  /** All methods of a name. */
  public overloads(name: string): readonly JavaMethod[] {
    return this.methods.get(name) ?? [];
  }

  /** The method that Velocity chooses for arguments of these classes; undefined if none fits, or several fit alike. */
  public find(name: string, args: readonly (JavaClass | null)[]): JavaMethod | undefined {
    const overloads = this.methods.get(name);
    if (!overloads) return undefined;
    const [only] = overloads;
    if (overloads.length === 1 && only) return isApplicable(only.parameters, args) ? only : undefined;
    return overloads.find((method) => isExact(method, args)) ?? bestMatch(overloads, args);
  }

  /** What gives a property: `getName()` and `isName()` for `name`. Names come from templates, so they are few. */
  public accessors(property: string): Accessors {
    let accessors = this.properties.get(property);
    if (!accessors) {
      const find = (prefix: string) =>
        this.find(prefix + property, []) ?? this.find(prefix + otherCase(property), []);
      accessors = { getter: find("get"), test: find("is") };
      this.properties.set(property, accessors);
    }
    return accessors;
  }

  private add(methods: Readonly<Record<string, Implementation<never>>>, isStatic: boolean): void {
    for (const [signature, implementation] of Object.entries(methods)) {
      const [, name = "", types = ""] = /^(\w+)\((.*)\)$/.exec(signature) ?? [];
      const parameters = types === "" ? [] : types.split(",");
      const method = {
        name,
        parameters,
        isStatic,
        takesAnything: parameters.every((type) => !CONVERTED.has(type) && !isArray(type)),
        implementation: implementation as JavaMethod["implementation"],
      };
      this.methods.set(name, [...this.overloads(name), method]);
    }
  }

  /** What a class declares itself hides what it inherits. */
  private inherit(parent: JavaClass): void {
    for (const [name, inherited] of parent.methods) {
      const own = this.overloads(name);
      const hidden = new Set(own.map(boxedTypes));
      this.methods.set(name, [...own, ...inherited.filter((method) => !hidden.has(boxedTypes(method)))]);
    }
  }
}

/** A method written as in a message: `indexOf(String, int)`. */
export function signature({ name, parameters }: Pick<JavaMethod, "name" | "parameters">): string {
  return `${name}(${parameters.join(", ")})`;
}

/** Calls a method with arguments that {@link JavaClass.find} found it for. */
export function invoke(method: JavaMethod, target: unknown, args: readonly unknown[]): unknown {
  const { parameters, implementation } = method;
  if (method.takesAnything) {
    return method.isStatic ? implementation(...args) : implementation(target, ...args);
  }
  const given = gathered(parameters, args).map((arg, index) => converted(parameters[index], arg));
  return method.isStatic ? implementation(...given) : implementation(target, ...given);
}

function boxedTypes({ parameters }: JavaMethod): string {
  return parameters.map(boxed).join();
}

function boxed(type: string): string {
  return BOXES[type] ?? type;
}

/** The name with its first letter in the other case. */
function otherCase(name: string): string {
  const first = name.charAt(0);
  const upper = first.toUpperCase();
  return (first === upper ? first.toLowerCase() : upper) + name.slice(1);
}

/** Velocity looks methods up by the very classes of the arguments first, without telling `int` from `Integer`. */
function isExact({ parameters }: JavaMethod, args: readonly (JavaClass | null)[]): boolean {
  return (
    parameters.length === args.length &&
    parameters.every((type, index) => boxed(type) === (args[index]?.simpleName ?? "Object"))
  );
}

/**
 * The most specific method, as Velocity's `MethodMap` finds it.
 * @see https://velocity.apache.org/engine/1.7/apidocs/org/apache/velocity/util/introspection/MethodMap.html
 */
function bestMatch(
  methods: readonly JavaMethod[],
  args: readonly (JavaClass | null)[],
): JavaMethod | undefined {
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

function isApplicable(formal: readonly string[], args: readonly (JavaClass | null)[]): boolean {
  const fits = (types: readonly string[]) => types.every((type, index) => isConvertible(type, args[index]));
  if (formal.length === args.length && fits(formal)) return true;
  const last = formal.at(-1) ?? "";
  const fixed = formal.slice(0, -1);
  if (!isArray(last) || args.length < fixed.length || !fits(fixed)) return false;
  return args.slice(fixed.length).every((arg) => isConvertible(component(last), arg));
}

function isConvertible(formal: string, actual: JavaClass | null | undefined): boolean {
  const box = BOXES[formal];
  if (!actual) return box === undefined;
  return (
    isSubtype(actual.simpleName, formal) ||
    box === actual.simpleName ||
    (WIDENED[formal] ?? []).some((type) => BOXES[type] === actual.simpleName)
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

function isArray(type = ""): boolean {
  return type.endsWith("[]");
}

function component(array: string): string {
  return array.slice(0, -2);
}

/** Puts the arguments for a last parameter that is an array into one, as Velocity does for every such method. */
function gathered(parameters: readonly string[], args: readonly unknown[]): readonly unknown[] {
  const last = parameters.length - 1;
  if (!isArray(parameters[last])) return args;
  const [single] = args.slice(last);
  if (args.length === parameters.length && single instanceof JavaArray) {
    return [...args.slice(0, last), single.items];
  }
  return [...args.slice(0, last), args.slice(last)];
}

function converted(type: string | undefined, value: unknown): unknown {
  switch (type) {
    case "double":
    case "float":
      return value instanceof JavaDouble ? value.value : Number(value);
    case "long":
      return BigInt(value as number);
    case "char":
      return (value as JavaCharacter).value;
    default:
      return value;
  }
}
