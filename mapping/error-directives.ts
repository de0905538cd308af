import {
  type ErrorMapping,
  type ErrorTable,
  INTERNAL_ERROR,
  INVALID_DELAY,
  SENDING_ERRORS,
} from "./error-mappings";
import { REFUSED_CODE } from "./secret-header-template";

/** What the caller is told whom the check of a secret header refuses. */
function secretHeaderMapping(header: string): ErrorMapping {
  return {
    sqsCodes: [REFUSED_CODE],
    status: 403,
    code: "SECRET_HEADER_MISMATCH",
    message: `The header ${header} is missing or has another value than it must have.`,
  };
}

/** What decides the answers, beside SQS's error. */
export interface ErrorContext {
  readonly remedies?: Remedies;
  /** Header whose check may have refused the request. */
  readonly secretHeader?: string | undefined;
  /** Is what passes by itself answered 503, and not 429? For callers that take a 4xx for final. */
  readonly throttledIs503?: boolean | undefined;
  /** @default - errors of sending */
  readonly table?: ErrorTable;
}

/** How the caller can mend what a message lacks or has wrong: a sentence each, for people. */
export type Remedies = Readonly<Partial<Record<NonNullable<ErrorMapping["missing"]>, string>>>;

/**
 * VTL that prints nothing and, from `$sqsCode` and `$sqsMessage`, sets what the caller is told: `$code`, `$message`,
 * `$status`, and `$retryAfter` in seconds, 0 for none.
 *
 * Both texts have to be strings: AWS takes a condition that calls a method on null for true.
 * @throws Error for a remedy with quotation marks, backslashes or the like
 */
export function errorDirectives({
  remedies = {},
  secretHeader,
  throttledIs503 = false,
  table = SENDING_ERRORS,
}: ErrorContext = {}): string {
  const told = [
    ...(secretHeader === undefined ? [] : [secretHeaderMapping(secretHeader)]),
    ...(remedies.messageDelaySeconds === undefined ? [] : [INVALID_DELAY]),
    ...table.rows.filter(({ status }) => status !== INTERNAL_ERROR.status),
  ];
  const branches = told
    .map((mapping) => (throttledIs503 && mapping.status === 429 ? { ...mapping, status: 503 } : mapping))
    .map((mapping) => `if(${condition(mapping)})${answer(mapping, remedies)}`);
  return [
    "#set($sqsCode = $sqsCode.replaceAll('^AWS[.]SimpleQueueService[.]', ''))",
    `#${branches.join("#else")}#else${answer({ ...INTERNAL_ERROR, message: table.otherwise, sqsCodes: [] }, remedies)}#end`,
  ].join("");
}

function condition({ sqsCodes, whenMessageContains }: ErrorMapping): string {
  const anyCode = sqsCodes.map((code) => `$sqsCode == '${code}'`).join(" || ");
  return whenMessageContains === undefined
    ? anyCode
    : `(${anyCode}) && $sqsMessage.contains('${whenMessageContains}')`;
}

function answer(mapping: ErrorMapping, remedies: Remedies): string {
  const { status, code, message, missing, retryAfter = 0 } = mapping;
  const remedy = missing && remedies[missing];
  const text = plain(remedy === undefined ? message : `${message} ${remedy}`);
  return `#set($code = '${code}')#set($message = '${text}')#set($status = ${status})#set($retryAfter = ${retryAfter})`;
}

/** The text stands in a VTL string, and its value in a JSON one. */
function plain(text: string): string {
  if (/^[\w .,:;$[\]-]*$/.test(text)) return text;
  throw new Error(`${JSON.stringify(text)}: a mapping template can't hold this message`);
}
