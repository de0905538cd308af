import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import { JavaList } from "./java-list";

/** Far more than `#foreach` may walk, and little enough to hold. */
const MAX_LENGTH = 100_000;

/**
 * `[from..to]`, upwards or downwards, both ends included; null unless both are integers.
 *
 * @throws MappingTemplateError over 100,000 numbers
 */
export function integerRange(from: unknown, to: unknown): JavaList | null {
  if (typeof from !== "number" || typeof to !== "number") return null;
  const step = to < from ? -1 : 1;
  const length = Math.abs(to - from) + 1;
  if (length > MAX_LENGTH) throw new MappingTemplateError(`the range [${from}..${to}] is too long`);
  return new JavaList(Array.from({ length }, (_, index) => from + index * step));
}
