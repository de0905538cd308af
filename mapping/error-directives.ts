import { ERROR_MAPPINGS, type ErrorMapping, INTERNAL_ERROR } from "./error-mappings";
import type { ValueSource } from "./value-source";

/** Where the values come from that a message can lack. */
export interface ErrorTemplateOptions {
  readonly messageGroupId?: ValueSource;
  readonly messageDeduplicationId?: ValueSource;
}

/**
 * VTL that prints nothing and, from `$sqsCode` and `$sqsMessage`, sets what the caller is told: `$code`, `$message`,
 * `$status`, and `$retryAfter` in seconds, 0 for none.
 *
 * Both texts have to be strings: AWS takes a condition that calls a method on null for true.
 */
export function errorDirectives(options: ErrorTemplateOptions = {}): string {
  const told = ERROR_MAPPINGS.filter(({ status }) => status !== INTERNAL_ERROR.status);
  const branches = told.map((mapping) => `if(${condition(mapping)})${answer(mapping, options)}`);
  return [
    "#set($sqsCode = $sqsCode.replaceAll('^AWS[.]SimpleQueueService[.]', ''))",
    `#${branches.join("#else")}#else${answer({ ...INTERNAL_ERROR, sqsCodes: [] }, options)}#end`,
  ].join("");
}

function condition({ sqsCodes, whenMessageContains }: ErrorMapping): string {
  const anyCode = sqsCodes.map((code) => `$sqsCode == '${code}'`).join(" || ");
  return whenMessageContains === undefined
    ? anyCode
    : `(${anyCode}) && $sqsMessage.contains('${whenMessageContains}')`;
}

function answer(mapping: ErrorMapping, options: ErrorTemplateOptions): string {
  const { status, code, message, missing, retryAfter = 0 } = mapping;
  const source = missing && options[missing];
  const text = source ? `${message}${remedy(THINGS[missing], source)}` : message;
  return `#set($code = '${code}')#set($message = '${text}')#set($status = ${status})#set($retryAfter = ${retryAfter})`;
}

const THINGS = {
  messageGroupId: "the message group id",
  messageDeduplicationId: "the message deduplication id",
} as const;

/** Names are safe here: the request template refuses those that are not. */
function remedy(thing: string, source: ValueSource): string {
  if ("header" in source) return ` Send ${thing} in the header ${source.header}.`;
  if ("query" in source) return ` Send ${thing} in the query parameter ${source.query}.`;
  if ("jsonPath" in source) return ` Send ${thing} in the body at ${source.jsonPath}.`;
  if ("authorizer" in source) return ` The authorizer has to give ${thing} as ${source.authorizer}.`;
  return "";
}
