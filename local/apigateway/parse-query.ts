import { MultiValues } from "./multi-values";

/**
 * Reads a query string: `+` is a space, `%XX` is decoded as UTF-8, `&` separates.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 * `;` separates too, as there. Left out: API Gateway's refusal of an unencoded `|`.
 */
export function parseQuery(queryString: string): MultiValues {
  if (queryString === "") return none;
  const pairs: string[] = [];
  for (const pair of queryString.split(/[&;]/)) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = equals === -1 ? pair : pair.slice(0, equals);
    pairs.push(decode(name), equals === -1 ? "" : decode(pair.slice(equals + 1)));
  }
  return new MultiValues(pairs);
}

const none = new MultiValues([]);

function decode(text: string): string {
  const spaced = text.replaceAll("+", " ");
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
