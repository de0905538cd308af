/**
 * A trace header of X-Ray as it is documented. A caller may send any text as `X-Amzn-Trace-Id`, and SQS's documentation wants "a
 * correctly formatted AWS X-Ray trace header string": what it does with another one is not recorded, so none is sent.
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 */
const TRACE_HEADER =
  "Root=1-[0-9a-f]{8}-[0-9a-f]{24}(;Parent=[0-9a-f]{16})?(;Sampled=[01?])?(;Lineage=[0-9a-z:|]{1,100})?";

/**
 * VTL that prints nothing and sets `$trace` to the request's trace header, and to `''` where it has none.
 *
 * Rests on: templates see `X-Amzn-Trace-Id` among the headers, the caller's own or the one that API Gateway adds, in this
 * spelling. `$context.xrayTraceId` is documented for access logs only. What the header has beside `Root` where the stage is
 * traced by X-Ray is not recorded.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function traceDirectives(): string {
  return [
    "#set($found = '')#set($found = $input.params().header.get('X-Amzn-Trace-Id'))#set($trace = \"$!found\")",
    `#if(!$trace.matches('${TRACE_HEADER}'))#set($trace = '')#end`,
  ].join("");
}

/**
 * VTL that prints the parameters of SQS's message system attribute `AWSTraceHeader`, where {@link traceDirectives} has found a
 * trace. It counts neither in a message's size nor among its ten attributes.
 * @param prefix what stands before `MessageSystemAttribute`, VTL too
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_MessageSystemAttributeValue.html
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-services-sqs.html
 */
export function traceParameters(prefix = ""): string {
  const start = `&${prefix}MessageSystemAttribute.1`;
  return [
    `#if($trace != '')${start}.Name=AWSTraceHeader${start}.Value.DataType=String`,
    `${start}.Value.StringValue=$util.urlEncode($trace)#end`,
  ].join("");
}
