import { ERROR_MAPPINGS, type ErrorMapping } from "./error-mappings";
import { vtlString } from "./vtl-string";

const PREFIX = "AWS.SimpleQueueService.";

/**
 * VTL that renders `answer` of the first mapping that fits `$errorCode` and `$errorMessage`, both texts, or `otherwise`.
 * No directive stands where its white space could reach the output.
 */
export function matchError(
  answer: (mapping: ErrorMapping) => string,
  otherwise: string,
  mappings: readonly ErrorMapping[] = ERROR_MAPPINGS,
): string {
  const branches = mappings.map((mapping) => `if(${condition(mapping)})${answer(mapping)}`);
  return `#${branches.join("#else")}#else\n${otherwise}#end`;
}

/** Sets `$errorCode`, without SQS's prefix, and `$errorMessage` to texts. */
export function readError(code: string, message: string): string {
  return (
    `#set($errorCode = ${code})#set($errorCode = "$!errorCode")` +
    `#set($errorCode = $errorCode.replaceAll(${vtlString(PREFIX.replaceAll(".", "[.]"))}, ''))` +
    `#set($errorMessage = ${message})#set($errorMessage = "$!errorMessage")`
  );
}

function condition({ codes, whenMessageContains }: ErrorMapping): string {
  const anyCode = codes.map((code) => `$errorCode == ${vtlString(code)}`).join(" || ");
  return whenMessageContains === undefined
    ? anyCode
    : `(${anyCode}) && $errorMessage.contains(${vtlString(whenMessageContains)})`;
}
