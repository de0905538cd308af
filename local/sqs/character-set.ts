/** The characters that SQS takes in a message, in the words of its error message. */
export const ALLOWED_CHARACTERS = "#x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF]";

const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/**
 * The first character that SQS does not take, as its error message writes it (`#x7`), or `undefined`.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function forbiddenCharacter(text: string): string | undefined {
  if (!FORBIDDEN.test(text)) return undefined;
  const codePoint = FORBIDDEN.exec(text)?.[0].codePointAt(0) ?? 0;
  return `#x${codePoint.toString(16).toUpperCase()}`;
}
