/** A header that a request must have, with one of a few values. */
export interface SecretHeaderCheck {
  /** Its name, in any case. */
  readonly header: string;
  /**
   * References that Terraform fills in, such as `${var.secret_header_value}`. What they become stands in a VTL string, so it
   * must have nothing in it that ends one: no quotation mark, backslash, `$` or `#`.
   */
  readonly values: readonly string[];
}

/** No action of SQS has this name, so that SQS can but refuse it, with {@link REFUSED_CODE}. */
const REFUSED_ACTION = "Refused";

/**
 * The code of SQS's answer to an action that it does not have. No template of ours asks for such a one otherwise.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html
 */
export const REFUSED_CODE = "InvalidAction";

/**
 * Request template that is `template` for a request with the header, once and with one of the values, and a call that SQS
 * refuses for every other: API Gateway has no answer of its own to give from a template.
 *
 * Fails closed: `template` stands in the branch of the right value alone, and a condition that compares texts is never true by
 * mistake, as one that calls a method on null is. Rests on: the request's headers stand under their names as they were sent,
 * each with one value, the last where it came several times.
 * @throws Error for a name that could end the VTL string that it stands in
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function withSecretHeader(template: string, { header, values }: SecretHeaderCheck): string {
  const isRight = values.map((value) => `$secret == '${value}'`).join(" || ");
  return [
    `#set($refusal = 'Action=${REFUSED_ACTION}')#set($secret = '')#set($secrets = 0)`,
    "#foreach($name in $input.params().header.keySet())",
    `#if($name.toLowerCase() == '${checked(header).toLowerCase()}')#set($secrets = $secrets + 1)`,
    `#set($found = $input.params().header.get($name))#set($secret = "$!found")#end`,
    `#end#if($secrets == 1 && (${isRight}))${template}#else$refusal#end`,
  ].join("");
}

function checked(header: string): string {
  if (/^[A-Za-z0-9_.-]+$/.test(header)) return header;
  throw new Error(
    `header: is not the name of a header, got ${JSON.stringify(header)}; allowed is such as X-Gitlab-Token`,
  );
}
