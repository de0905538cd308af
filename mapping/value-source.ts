/** Where in a request a value comes from. */
export type ValueSource =
  /** A header, by its name in any case; the last one of several. */
  | { readonly header: string }
  /** A query parameter; the last one of several. */
  | { readonly query: string }
  /** A string, number or boolean in a JSON body, by its place, such as `$.tenant.id` or `$.items[0]`. */
  | { readonly jsonPath: string }
  /** `principalId`, or a key of the authorizer's context. */
  | { readonly authorizer: string }
  /** A part of `$context`, such as `requestId` or `identity.sourceIp`. */
  | { readonly context: string }
  /** The same text for each request. */
  | { readonly constant: string };
