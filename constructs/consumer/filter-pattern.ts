import * as v from "valibot";
import { isGroup, list, rule } from "../schema";

const EXAMPLE = '{ "body": { "type": ["order"] } }';

/**
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html for five filters, or ten by quota
 */
const MOST_PATTERNS = 5;

const LONGEST_PATTERN = 4096;

const ALLOWED = "a pattern for the body, whose values stand in lists";

const MEND = `Write for example ${EXAMPLE}.`;

/** One filter pattern: Lambda filters an SQS message by its body alone. */
const PATTERN = v.pipe(
  v.custom<Readonly<Record<string, unknown>>>(isGroup, rule("is not a pattern", ALLOWED, MEND)),
  v.check(
    (pattern) => Object.keys(pattern).join() === "body",
    rule("filters by something else than the body, which Lambda does for no SQS message", ALLOWED, MEND),
  ),
  v.check(
    ({ body }) => hasValuesInLists(body),
    rule("has a value outside of a list, which Lambda refuses", ALLOWED, MEND),
  ),
  v.check(
    (pattern) => JSON.stringify(pattern).length <= LONGEST_PATTERN,
    rule("is too long", `up to ${LONGEST_PATTERN} characters`, "Shorten it."),
  ),
);

function hasValuesInLists(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isGroup(value) && Object.keys(value).length > 0 && Object.values(value).every(hasValuesInLists);
}

/**
 * The schema of filter patterns, of which a message has to match one.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
 */
export const FILTER_PATTERNS = v.pipe(
  list(PATTERN, `[${EXAMPLE}]`),
  v.maxLength(
    MOST_PATTERNS,
    rule("has more than Lambda takes", `up to ${MOST_PATTERNS} patterns`, "Put some together."),
  ),
);
