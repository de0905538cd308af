import { JavaDouble } from "../../aws/velocity/java-double";

type NumberMethod = (target: unknown) => unknown;

function onNumber(convert: (value: number) => unknown): NumberMethod {
  return (target) => {
    if (target instanceof JavaDouble) {
      return convert(target.value);
    }
    return typeof target === "number" || typeof target === "bigint" ? convert(Number(target)) : null;
  };
}

/** The methods of Java's numbers that templates have a use for. */
export const NUMBER_METHODS: ReadonlyMap<string, NumberMethod> = new Map([
  ["intValue", onNumber(Math.trunc)],
  ["longValue", onNumber(Math.trunc)],
  ["doubleValue", onNumber((value) => new JavaDouble(value))],
  ["floatValue", onNumber((value) => new JavaDouble(value))],
  ["hashCode", onNumber((value) => value | 0)],
]);
