import type { ReceiveLimits } from "./receive-errors";

/** A query parameter with a whole number, and the parameter of SQS that it becomes. */
interface Numbered {
  readonly query: string;
  readonly parameter: string;
  readonly least: number;
  readonly most: number;
}

/**
 * What a consumer is told of a message, beside its body. Not `SenderId` and `DeadLetterQueueSourceArn`, which name the account
 * and what is in it.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
 */
const ATTRIBUTES = [
  "SentTimestamp",
  "ApproximateReceiveCount",
  "ApproximateFirstReceiveTimestamp",
  "MessageGroupId",
  "MessageDeduplicationId",
  "SequenceNumber",
  "AWSTraceHeader",
];

/**
 * What SQS can but refuse, with InvalidParameterValue: a template can't answer by itself.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html for 1 to 10
 */
const REFUSAL = "Action=ReceiveMessage&MaxNumberOfMessages=0";

/**
 * Mapping template that turns a request into SQS's `ReceiveMessage`, in the Query protocol: `count`, `wait` and `visibility` of the
 * query are whole numbers within the limits, or SQS refuses the request. What is absent or blank is left to SQS: one message,
 * the queue's own wait time and visibility timeout.
 *
 * Nothing of the caller's is printed but what `parseInt` made of digits. Rests on: a static method of Java called on an instance
 * works, as was observed on AWS; where it did not, the request would be refused.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
 */
export function receiveTemplate(limits: ReceiveLimits): string {
  const { maxMessages, maxWaitSeconds, maxVisibilityTimeoutSeconds } = limits;
  const numbers: Numbered[] = [
    { query: "count", parameter: "MaxNumberOfMessages", least: 1, most: maxMessages },
    { query: "wait", parameter: "WaitTimeSeconds", least: 0, most: maxWaitSeconds },
    { query: "visibility", parameter: "VisibilityTimeout", least: 0, most: maxVisibilityTimeoutSeconds },
  ];
  const asked = ATTRIBUTES.map((name, index) => `&AttributeName.${index + 1}=${name}`).join("");
  return [
    `#set($Integer = 0)#set($refused = 0)#set($refusal = '${REFUSAL}')#set($parameters = '')`,
    ...numbers.map(numberDirectives),
    `#if($refused == 0)Action=ReceiveMessage\${parameters}${asked}&MessageAttributeName.1=All#else$refusal#end`,
  ].join("");
}

/** Of a parameter that came several times, the last value counts. */
function numberDirectives({ query, parameter, least, most }: Numbered): string {
  return [
    `#set($found = '')#set($found = $input.params().querystring.get('${query}'))#set($text = "$!found")`,
    "#if($text != '')#set($number = -1)",
    "#if($text.matches('[0-9]{1,5}'))#set($number = $Integer.parseInt($text))#end",
    `#if($number >= ${least} && $number <= ${most})`,
    `#set($parameters = "\${parameters}&${parameter}=$number")`,
    "#else#set($refused = 1)#end#end",
  ].join("");
}
