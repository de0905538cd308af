import { type PolicyDocument, type PolicyKind, parsePolicy } from "../../aws/policy-document";
import { ExpressionError, UnknownValueError } from "./expression/expression-error";
import { standInsIn } from "./expression/stand-in";
import { StandIn } from "./expression/stand-in";
import { isObject, toBoolean, toList, toNumber, toObject, toText } from "./expression/value";
import { ResourceIndex } from "./resource-index";
import { type Problem, StackError } from "./stack-error";
import { messageOf } from "../../errors/mistake";

/** From the least to the most that AWS takes. */
type Range = readonly [least: number, most: number];

/** A resource or data source with its values, whether they come from Terraform JSON or from a state. */
export class TerraformResource {
  /**
   * @param address with index or key where the resource has several instances: `aws_sqs_queue.Queue["a"]`
   * @param given value that the configuration or the state holds; undefined if there is none
   * @param computed value that AWS would have computed; throws `StackError` if that can't be known
   */
  constructor(
    public readonly address: string,
    public readonly type: string,
    public readonly given: (name: string) => unknown,
    private readonly computed: (name: string) => unknown,
  ) {}

  /** As `given`, or else the value that AWS would have computed. */
  public attribute(name: string): unknown {
    return this.given(name) ?? this.computed(name);
  }

  /** Text that must be there, given or computed. */
  public text(name: string): string {
    const given = this.given(name);
    const value = given ?? this.computed(name);
    // Nobody sets it, and nothing is known of it: what is needed has to be there.
    if (value === undefined || (given === undefined && value instanceof StandIn)) {
      throw this.error(name, { wrong: "has no value", mend: "Set it" });
    }
    return atAddress(`${this.address}.${name}`, () => toText(value));
  }

  /** Text on whose content the answers depend: one that only an apply knows is refused. */
  public knownText(name: string): string {
    const got = this.text(name);
    if (standInsIn(got).length > 0) throw this.error(name, { wrong: "is not known", got });
    return got;
  }

  /** Text that may be absent; a state shows an absent text as an empty one, so that counts as absent too. */
  public optionalText(name: string): string | undefined {
    const value = this.optional(name, toText);
    return value === "" ? undefined : value;
  }

  public optionalNumber(name: string): number | undefined {
    return this.optional(name, toNumber);
  }

  /** False if absent. */
  public flag(name: string): boolean {
    return this.optional(name, toBoolean) ?? false;
  }

  public textList(name: string): readonly string[] {
    return this.optional(name, (value) => toList(value).map(toText)) ?? [];
  }

  public textMap(name: string): Readonly<Record<string, string>> {
    return this.optional(name, (value) => mapOf(value, toText)) ?? {};
  }

  public flagMap(name: string): Readonly<Record<string, boolean>> {
    return this.optional(name, (value) => mapOf(value, toBoolean)) ?? {};
  }

  /** Nested blocks, each as if it were a resource of its own; one alone may stand for a list of one. */
  public blocks(name: string): readonly TerraformResource[] {
    return [this.given(name)]
      .flat()
      .filter(isObject)
      .map((block) => {
        const given = (attribute: string): unknown =>
          (Object.hasOwn(block, attribute) ? block[attribute] : undefined) ?? undefined;
        return new TerraformResource(`${this.address}.${name}`, name, given, () => undefined);
      });
  }

  /** One of the allowed words, `fallback` if absent. */
  public oneOf<T extends string>(name: string, words: readonly T[], fallback: T): T {
    return this.optionalOneOf(name, words) ?? fallback;
  }

  public optionalOneOf<T extends string>(name: string, words: readonly T[]): T | undefined {
    const got = this.optionalText(name);
    if (got === undefined) return undefined;
    const word = words.find((candidate) => candidate === got);
    if (word !== undefined) return word;
    const allowed = `${words.join(", ")} ${words.length === 1 ? "is" : "are"}`;
    throw this.error(name, { wrong: "is not supported by the local gateway", got, allowed });
  }

  /** Whole numbers have their ranges on AWS; throws one `StackError` with each attribute that is out of its own. */
  public refuseOutOfRange(ranges: Readonly<Record<string, Range>>): void {
    const problems = Object.entries(ranges).flatMap(([name, [least, most]]): readonly Problem[] => {
      const got = this.optionalNumber(name);
      if (got === undefined || (Number.isInteger(got) && got >= least && got <= most)) return [];
      return this.error(name, { wrong: "is out of range", got, allowed: `${least} to ${most} are` }).problems;
    });
    if (problems.length > 0) throw new StackError(...problems);
  }

  /** An attribute that holds a policy; throws `StackError` for one that AWS refuses. */
  public policy(name: string, kind: PolicyKind): PolicyDocument {
    const got = this.text(name);
    try {
      return parsePolicy(got, kind);
    } catch (error) {
      const reason = messageOf(error);
      throw new StackError({
        address: `${this.address}.${name}`,
        wrong: `is a policy that AWS refuses (${reason})`,
        got,
      });
    }
  }

  /** Undefined where the resource sets none. */
  public optionalPolicy(name: string, kind: PolicyKind): PolicyDocument | undefined {
    return this.optionalText(name) === undefined ? undefined : this.policy(name, kind);
  }

  /** The resource of a type whose id the attribute names; throws `StackError` if it is not in the stack. */
  public referred(name: string, type: string, resources: TerraformResources): TerraformResource {
    const got = this.optionalText(name);
    if (got === undefined) throw this.error(name, { wrong: "has no value", mend: "Set it" });
    const [found] = resources.where(type, { id: got });
    if (found !== undefined) return found;
    const allowed = "ids of resources of the same stack are";
    throw this.error(name, { wrong: "is not in this stack", got, allowed });
  }

  /** What is wrong with an attribute: of a text that stands for what only an apply knows, that it is not known. */
  public error(name: string, problem: Omit<Problem, "address">): StackError {
    const address = `${this.address}.${name}`;
    const [unknown] = typeof problem.got === "string" ? standInsIn(problem.got) : [];
    if (unknown !== undefined) return new UnknownValueError(unknown).neededAt(address);
    return new StackError({ address, ...problem });
  }

  private optional<T>(name: string, to: (value: unknown) => T): T | undefined {
    const value = this.given(name);
    return value === undefined ? undefined : atAddress(`${this.address}.${name}`, () => to(value));
  }
}

function mapOf<T>(value: unknown, to: (item: unknown) => T): Readonly<Record<string, T>> {
  const entries = Object.entries(toObject(value)).filter(([, item]) => item !== null);
  return Object.fromEntries(entries.map(([key, item]) => [key, to(item)]));
}

/** What can't be worked out or converted is told with the address. */
export function atAddress<Value>(address: string, run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (error instanceof UnknownValueError) throw error.neededAt(address);
    if (!(error instanceof ExpressionError)) throw error;
    throw new StackError({ address, wrong: error.message });
  }
}

/** All resources of a stack. */
export abstract class TerraformResources {
  private readonly indexes = new Map<string, ResourceIndex>();

  /** Types of the managed resources, each once. */
  public abstract get types(): readonly string[];

  /** Managed resources of one type, in the order of the document. Expanding `count` or `for_each` may throw `StackError`. */
  public abstract ofType(type: string): readonly TerraformResource[];

  /** An output's value: of an applied stack's, or as the configuration writes it, its expressions not worked out. */
  public abstract output(name: string): unknown;

  /** What was taken so far for what nobody gave or only an apply tells, one line each. */
  public get assumptions(): readonly string[] {
    return [];
  }

  /** Those of a type whose attributes have these values. */
  public where(type: string, values: Readonly<Record<string, string>>): readonly TerraformResource[] {
    const index = this.indexes.get(type) ?? new ResourceIndex(this.ofType(type));
    this.indexes.set(type, index);
    return index.where(Object.entries(values));
  }
}
