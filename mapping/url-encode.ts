/**
 * Encodes text for a form body so that nothing in it means anything to SQS or to a mapping template: what is left are
 * letters, digits, `-`, `_`, `.` and `%`.
 * @throws URIError for half of a surrogate pair, which has no encoding
 */
export function urlEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*~]/g, escapeCode);
}

function escapeCode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
