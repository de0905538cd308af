import { JavaDouble } from "../../aws/velocity/java-number";
import { JavaArray, type JavaCharacter } from "./java-values";
import {
  type ArgumentTypes,
  boxedTypes,
  chooseMethod,
  defineType,
  isArray,
  type JavaMethod,
} from "./method-map";

/** What a method does: a static one is given its arguments only, any other the object first. */
type Implementation<T> = (target: T, ...args: never[]) => unknown;

/** Methods by their signature in Java: `"indexOf(String,int)"`. */
export type JavaMethods<T> = Readonly<Record<string, Implementation<T>>>;

type Accessors = Readonly<Record<"getter" | "test", JavaMethod | undefined>>;

/** Primitive types that reach implementations as JavaScript's values: `long` as a bigint, `double` as a number. */
const CONVERTED: ReadonlySet<string> = new Set(["char", "long", "float", "double"]);

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
    defineType(
      defined.simpleName,
      parents.map((parent) => (typeof parent === "string" ? parent : parent.simpleName)),
    );
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

  /** The method that Velocity chooses for arguments of these types; undefined if none fits, or several fit alike. */
  public find(name: string, args: ArgumentTypes): JavaMethod | undefined {
    const overloads = this.methods.get(name);
    return overloads && chooseMethod(overloads, args);
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

/** The name with its first letter in the other case. */
function otherCase(name: string): string {
  const first = name.charAt(0);
  const upper = first.toUpperCase();
  return (first === upper ? first.toLowerCase() : upper) + name.slice(1);
}

/** Puts the arguments for a last parameter that is an array into one, as Velocity does for every such method. */
function gathered(parameters: readonly string[], args: readonly unknown[]): readonly unknown[] {
  const last = parameters.length - 1;
  if (!isArray(parameters[last])) return args;
  const rest = args.slice(last);
  const [only] = rest;
  const isGathered = rest.length === 1 && only instanceof JavaArray;
  return [...args.slice(0, last), isGathered ? only.items : rest];
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
