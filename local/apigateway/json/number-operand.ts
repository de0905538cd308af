import { JavaDecimal } from "./java-decimal";

/** A number's text as a BigDecimal, as which Jayway's filters compare; undefined for what is none. */
export function numberOperand(text: string): JavaDecimal | undefined {
  const unsigned = text.replace(/^\+/, "");
  return /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(unsigned) ? JavaDecimal.parse(unsigned) : undefined;
}
