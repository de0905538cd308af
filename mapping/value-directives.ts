import { urlEncode } from "./url-encode";
import type { ValueSource } from "./value-source";

/**
 * VTL that prints nothing and sets `$value` to a source's value, URL-encoded, and to `''` where the request has none.
 * A header needs {@link headerDirectives} before it.
 *
 * Rests on: a value inside a double-quoted string prints as text, is never evaluated, and is empty when null; `#set` to
 * null may leave the old value, so each variable is emptied first.
 * @throws Error for a name that could end the VTL string or reference that it stands in
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function valueDirectives(source: ValueSource): string {
  if ("constant" in source) return `#set($value = '${urlEncode(source.constant)}')`;
  return [
    `#set($found = '')#set($found = ${reference(source)})`,
    // A number must become text before it is encoded.
    `#set($text = "$!found")`,
    `#set($value = '')#set($value = $util.urlEncode($text))`,
  ].join("");
}

/**
 * VTL that prints nothing and sets `$headers` to the request's headers under lower-case names; nothing where no source
 * is a header.
 *
 * HTTP/2 clients send lower-case names, and `$input.params().header` has names as they were sent. `$input.params('x')`
 * would take a path or query parameter of that name for the header.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function headerDirectives(sources: readonly ValueSource[]): string {
  if (!sources.some((source) => "header" in source)) return "";
  return [
    "#set($headers = {})",
    "#foreach($name in $input.params().header.keySet())",
    // Without #set, the old value that put returns would be printed.
    "#set($old = $headers.put($name.toLowerCase(), $input.params().header.get($name)))",
    "#end",
  ].join("");
}

function reference(source: Exclude<ValueSource, { readonly constant: string }>): string {
  if ("header" in source) return `$headers.get('${checked("header", source.header).toLowerCase()}')`;
  if ("query" in source) return `$input.params().querystring.get('${checked("query", source.query)}')`;
  if ("jsonPath" in source) return `$input.path('${checked("jsonPath", source.jsonPath)}')`;
  if ("authorizer" in source) return `$context.authorizer.${checked("authorizer", source.authorizer)}`;
  return `$context.${checked("context", source.context)}`;
}

/** What a name may be made of: nothing that means anything in a VTL string or reference. */
const NAMES = {
  header: /^[A-Za-z0-9_.-]+$/,
  query: /^[A-Za-z0-9_.-]+$/,
  jsonPath: /^\$(?:\.[A-Za-z0-9_-]+|\[[0-9]+\])+$/,
  authorizer: /^[A-Za-z][A-Za-z0-9_]*$/,
  context: /^[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*$/,
} as const;

function checked(kind: keyof typeof NAMES, name: string): string {
  if (NAMES[kind].test(name)) return name;
  throw new Error(`${kind}: is not a name that a mapping template can hold, got ${JSON.stringify(name)}`);
}
