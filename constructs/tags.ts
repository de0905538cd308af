import * as v from "valibot";
import { STACK_TAG } from "../aws/own-resources";
import { map, rule } from "./schema";

const EXAMPLE = '{ "team": "orders" }';
const MEND = `Write for example "tags": ${EXAMPLE}.`;

/**
 * IAM tells keys apart without regard to case, so the stack's own are refused in any.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
 */
const KEY = v.pipe(
  v.string(),
  v.regex(
    /^(?!aws:)[\p{L}\p{N} _.:/=+@-]{1,128}$/iu,
    rule("is not a tag's key", "1 to 128 letters, digits, spaces and _.:/=+-@, not aws: before them", MEND),
  ),
  v.check(
    (key) => key.toLowerCase() !== "environment",
    rule("is the environment's own tag", "other keys", 'Write "environment": … instead.'),
  ),
  v.check(
    (key) => key.toLowerCase() !== STACK_TAG,
    rule("is the stack's own tag", "other keys", "Leave it out."),
  ),
);

const VALUE = v.pipe(
  v.string(rule("is not a text", "tags with text values", MEND)),
  v.regex(
    /^[\p{L}\p{N} _.:/=+@-]{0,256}$/u,
    rule("is not a tag's value", "up to 256 letters, digits, spaces and _.:/=+-@", MEND),
  ),
);

/** Tags of all that the stack makes. */
export const TAG_SETTINGS = {
  /**
   * Tags of every resource that can have some, beside `queue-leveling:stack` = the stack's name, which finds what a
   * killed apply leaves.
   */
  tags: v.optional(map(VALUE, EXAMPLE, KEY)),
};
