/** One kind of {@link ValueSource}: all that is known of it. */
export interface SourceKind {
  /** What its name may be: nothing that means anything in a VTL string or reference, unless it is encoded. */
  readonly pattern: string;
  readonly allowed: string;
  readonly example: string;
  /** VTL that sets `$value`. */
  readonly directives: (name: string) => string;
  /** A sentence for a caller whose request has no value. */
  readonly remedy?: (thing: string, name: string) => string;
  /** Means the body of a single message, so that a batch leaves it out. */
  readonly isSingle?: boolean;
  readonly needsAuthorizer?: boolean;
  /** Not a setting: API Gateway's own variables. */
  readonly isInternal?: boolean;
  readonly isEncoded?: boolean;
}

/** Every source of a value, by its key. */
export const VALUE_SOURCES = {
  /** A header, by its name in any case; the last one of several. */
  header: {
    pattern: "^[A-Za-z0-9_.-]{1,256}$",
    allowed: "the name of a header: letters, digits, hyphens, underscores, periods",
    example: "X-GitHub-Event",
    directives: (name) => found(`$headers.get('${name.toLowerCase()}')`),
    remedy: (thing, name) => `Send ${thing} in the header ${name}.`,
  },
  /** A query parameter; the last one of several. */
  query: {
    pattern: "^[A-Za-z0-9_.-]{1,256}$",
    allowed: "the name of a query parameter: letters, digits, hyphens, underscores, periods",
    example: "tenant",
    directives: (name) => found(`$input.params().querystring.get('${name}')`),
    remedy: (thing, name) => `Send ${thing} in the query parameter ${name}.`,
  },
  /** A string, number or boolean in a JSON body, by its place, such as `$.tenant.id` or `$.items[0]`. */
  jsonPath: {
    pattern: "^[$]([.][A-Za-z0-9_-]+|\\[[0-9]+\\])+$",
    allowed: "a path from $ over names and indices",
    example: "$.tenant.id",
    directives: (name) => found(`$input.path('${name}')`),
    remedy: (thing, name) => `Send ${thing} in the body at ${name}.`,
    isSingle: true,
  },
  /** `principalId`, a key of the authorizer's context, or a claim of a Cognito user pool's token, such as `claims.sub`. */
  authorizer: {
    pattern: "^(claims[.])?[A-Za-z][A-Za-z0-9_]{0,248}$",
    allowed: "principalId, a key of the authorizer's context or claims.<name>: letters, digits, underscores",
    example: "principalId",
    directives: (name) => found(`$context.authorizer.${name}`),
    remedy: (thing, name) => `The authorizer has to give ${thing} as ${name}.`,
    needsAuthorizer: true,
  },
  /** A part of `$context`, such as `requestId` or `identity.sourceIp`. */
  context: {
    pattern: "^[A-Za-z][A-Za-z0-9_]*(?:[.][A-Za-z][A-Za-z0-9_]*)*$",
    allowed: "a part of $context",
    example: "requestId",
    directives: (name) => found(`$context.${name}`),
    isInternal: true,
  },
  /** An id of the request: `extendedRequestId`, which no two requests share, or `requestId`, which a caller can choose. */
  request: {
    pattern: "^(requestId|extendedRequestId)$",
    allowed: "extendedRequestId or requestId",
    example: "extendedRequestId",
    directives: (name) => found(`$context.${name}`),
  },
  /** The URL that the caller sent to, with its query; by its scheme. */
  requestUrl: {
    pattern: "^https$",
    allowed: "https",
    example: "https",
    directives: urlDirectives,
    isInternal: true,
  },
  /** The same text for each request. */
  constant: {
    pattern: "^[\\x21-\\x7e]{1,128}$",
    allowed: "1 to 128 letters, digits and punctuation",
    example: "all",
    directives: (text) => `#set($value = '${urlEncode(text)}')`,
    isEncoded: true,
  },
} satisfies Record<string, SourceKind>;

type SourceName = keyof typeof VALUE_SOURCES;

type Names = { readonly [Key in keyof typeof VALUE_SOURCES]: string };

/** Where in a request a value comes from: one key of {@link VALUE_SOURCES}, with the name of what is looked for. */
export type ValueSource = { [Key in keyof Names]: Pick<Names, Key> }[keyof Names];

/** A source that users may name. */
export type UserSource = {
  [Key in keyof Names]: (typeof VALUE_SOURCES)[Key] extends { readonly isInternal: true }
    ? never
    : Pick<Names, Key>;
}[keyof Names];

/** A source's kind, and the name that it looks for. */
interface KindAndName {
  readonly key: SourceName;
  readonly kind: SourceKind;
  readonly name: string;
}

/** What is known of a source. */
export function kindOf(source: ValueSource): KindAndName {
  const [[key, name]] = Object.entries(source) as [[SourceName, string]];
  return { kind: VALUE_SOURCES[key], key, name };
}

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
  const { kind, key, name } = kindOf(source);
  if (!kind.isEncoded && !new RegExp(kind.pattern).test(name)) {
    throw new Error(`${key}: is not ${kind.allowed}, got ${JSON.stringify(name)}`);
  }
  return kind.directives(name);
}

function found(reference: string): string {
  return [
    `#set($found = '')#set($found = ${reference})`,
    // A number must become text before it is encoded.
    `#set($text = "$!found")`,
    `#set($value = '')#set($value = $util.urlEncode($text))`,
  ].join("");
}

/**
 * Templates know a query's parameters, but not its text: their order, and how the caller encoded them, are API Gateway's. Of a
 * parameter that came several times, the last value counts.
 */
function urlDirectives(scheme: string): string {
  return [
    `#set($text = "${scheme}://$context.domainName$context.path")#set($mark = '?')`,
    "#foreach($name in $input.params().querystring.keySet())#set($key = $util.urlEncode($name))",
    "#set($found = $util.urlEncode($input.params().querystring.get($name)))",
    `#set($text = "$text$mark$key=$found")#set($mark = '&')#end`,
    "#set($value = '')#set($value = $util.urlEncode($text))",
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
