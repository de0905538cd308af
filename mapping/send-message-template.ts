/**
 * Mapping template that turns a request body into SQS's `SendMessage`, in the Query protocol.
 *
 * The body is URL-encoded, so that no `&`, `+` or `%` in it can cut the message short or add a parameter of the
 * caller's, and it is `$input.body`, the raw text: `$input.json('$')` would re-serialise it and break signatures.
 * An empty body arrives as `{}`: API Gateway renders `$input.body` so.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function sendMessageTemplate(): string {
  return "Action=SendMessage&MessageBody=$util.urlEncode($input.body)";
}
