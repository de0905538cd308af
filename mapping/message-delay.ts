import type { ValueSource } from "./value-source";

/** What becomes of a whole number of seconds that SQS does not take: an error, or the nearest that it takes. */
export type OutOfRange = "refuse" | "clamp";

/** The delays that messages have of their own. */
export interface MessageDelay {
  /** Where they come from. */
  readonly source: ValueSource;
  readonly outOfRange: OutOfRange;
}

/** The longest delay of a message, in seconds. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-timers.html */
export const LONGEST_DELAY_SECONDS = 900;

/** 0 to 900, perhaps with zeros before it, or behind a decimal point as a JSON number may have them. */
const IN_RANGE = "0*(([1-8]?[0-9])?[0-9]|900)([.]0+)?|-0+([.]0+)?";
const BELOW = "-[0-9]+([.]0+)?";
const ABOVE = "[0-9]+([.]0+)?";

/** What a number in range has beside its digits. */
const NO_DIGITS = "^-?0*(?=[0-9])|[.]0+$";

/**
 * A delay that SQS can but refuse, whatever it may take one day: no message waits for less than no time. 901, which it refuses
 * today, would become a delay if AWS raised the limit.
 * @see https://github.com/ballerina-platform/module-ballerinax-aws.sqs its tests have SQS's answer to -1
 */
const REFUSED = "-1";

/**
 * VTL that prints `DelaySeconds` for the URL-encoded text in `$value`: nothing where it is empty, so that the queue's own delay
 * counts, a number that SQS takes as its digits, and {@link REFUSED} for all that is no whole number. API Gateway has no answer
 * of its own to give from a template.
 *
 * Fails closed: the digits are of the encoded text, so that even a condition that is true by mistake adds no parameter of the
 * caller's. Rests on: `matches` takes the whole text, and `[0-9]` no digits but these. Numbers of any length are told by their
 * text, since Java's have an end. A JSON number of 10,000,000 or more that has a fraction or an exponent prints with an exponent,
 * and is refused.
 * @param start what stands before `DelaySeconds`, VTL too
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function delayParameter(outOfRange: OutOfRange, start = "&"): string {
  const parameter = `${start}DelaySeconds=`;
  const nearest = [
    `#elseif($value.matches('${BELOW}'))${parameter}0`,
    `#elseif($value.matches('${ABOVE}'))${parameter}${LONGEST_DELAY_SECONDS}`,
  ];
  return [
    `#if($value.matches('${IN_RANGE}'))${parameter}$value.replaceAll('${NO_DIGITS}', '')`,
    ...(outOfRange === "clamp" ? nearest : []),
    `#elseif($value != '')${parameter}${REFUSED}#end`,
  ].join("");
}
