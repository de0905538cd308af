/** What JavaScript's and Java's encodings disagree on. */
const DIFFERING = /%20|[!'()~]/g;
const REPLACEMENTS: Record<string, string> = {
  "%20": "+",
  "!": "%21",
  "'": "%27",
  "(": "%28",
  ")": "%29",
  "~": "%7E",
};

const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * Java's `URLEncoder.encode` in UTF-8: letters, digits and `*-_.` pass, a space becomes `+`, and half of a surrogate pair
 * becomes `%3F`, an encoded question mark.
 */
export function formEncode(text: string): string {
  return encodeURIComponent(wellFormed(text)).replace(DIFFERING, (found) => REPLACEMENTS[found] ?? found);
}

function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, "?");
}
