const TEXT =
  /^text\/|[+](json|xml|yaml)$|^application\/(json|xml|x-www-form-urlencoded|graphql|javascript|yaml|x-ndjson|jwt|sql)$/;

/**
 * Those of `contentTypes` that are not known to be text: API Gateway would decode them as UTF-8 and change them, so they
 * travel as base64.
 */
export function binaryContentTypes(contentTypes: readonly string[]): string[] {
  return contentTypes.filter((contentType) => !TEXT.test(contentType));
}
