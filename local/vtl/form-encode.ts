/** What Java encodes and JavaScript does not. */
const MORE = /[!'()~]/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * Java's `URLEncoder.encode` in UTF-8: letters, digits and `*-_.` pass, a space becomes `+`, and half of a surrogate pair
 * becomes `%3F`, an encoded question mark.
 */
export function formEncode(text: string): string {
  return percentEncode(text).replaceAll("%20", "+").replace(MORE, escapeCode);
}

function percentEncode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return encodeURIComponent(text.replace(LONE_SURROGATE, "?"));
  }
}

function escapeCode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
