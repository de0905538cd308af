/** Most characters of a receipt handle. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html */
const LONGEST_HANDLE = 1024;

/**
 * A receipt handle: base64 on SQS, whose documentation does not say so; a UUID, or two with a `#` between, on SQS's emulators. Nothing
 * in it means anything to a form, a path or a template.
 */
const HANDLE = `[A-Za-z0-9+/=_#-]{1,${LONGEST_HANDLE}}`;

/**
 * JSON Schema, draft 4, of a receipt handle in a body, and of what goes with it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
export function receiptSchema(others: Readonly<Record<string, object>> = {}): Record<string, unknown> {
  return {
    type: "object",
    properties: {
      receiptHandle: { type: "string", minLength: 1, maxLength: LONGEST_HANDLE, pattern: `^${HANDLE}$` },
      ...others,
    },
    required: ["receiptHandle", ...Object.keys(others)],
    additionalProperties: false,
  };
}

/** Name of the greedy path parameter that has a receipt handle: base64 has slashes. */
export const HANDLE_PARAMETER = "receiptHandle";

/** Where a request has the receipt handle. */
export type HandlePlace = "body" | "path";

/** Mapping template that turns a request into SQS's `DeleteMessage`, in the Query protocol. */
export function deleteTemplate(place: HandlePlace): string {
  return `${handleDirectives(place)}Action=DeleteMessage#if($isHandle)&ReceiptHandle=$util.urlEncode($text)#end`;
}

/** Mapping template that turns a request into SQS's `ChangeMessageVisibility`, in the Query protocol. */
export function visibilityTemplate(maxVisibilityTimeoutSeconds: number): string {
  return [
    "#set($Integer = 0)#set($number = -1)",
    `#set($found = '')#set($found = $input.path('$.visibilityTimeout'))#set($text = "$!found")`,
    "#if($text.matches('[0-9]{1,5}'))#set($number = $Integer.parseInt($text))#end",
    handleDirectives("body"),
    "Action=ChangeMessageVisibility",
    `#if($isHandle && $number >= 0 && $number <= ${maxVisibilityTimeoutSeconds})`,
    "&ReceiptHandle=$util.urlEncode($text)&VisibilityTimeout=$number#end",
  ].join("");
}

/**
 * VTL that prints nothing and sets `$text` to the request's receipt handle and `$isHandle` to whether it is one. Without one SQS is sent no
 * `ReceiptHandle`, and refuses.
 */
function handleDirectives(place: HandlePlace): string {
  const reference =
    place === "body" ? "$input.path('$.receiptHandle')" : `$input.params().path.get('${HANDLE_PARAMETER}')`;
  return [
    `#set($found = '')#set($found = ${reference})#set($text = "$!found")`,
    place === "path" ? decoded() : "",
    `#set($isHandle = $text.matches('${HANDLE}'))`,
  ].join("");
}

/**
 * A path parameter is decoded as far as a receipt handle can be encoded, and no further. That it stays encoded is recorded for events
 * of Lambda's proxy integration, and nothing is for templates: this makes the same of either. A `+` stands for itself in a path; a
 * space, which some clients and proxies make of it, is in no handle.
 */
function decoded(): string {
  const codes = { "+": "%2[Bb]", "/": "%2[Ff]", "=": "%3[Dd]", "#": "%23" };
  const spaced = ".replaceAll(' ', '+')";
  const calls = Object.entries(codes).map(([character, code]) => `.replaceAll('${code}', '${character}')`);
  return `#set($text = $text${spaced}${calls.join("")})`;
}
