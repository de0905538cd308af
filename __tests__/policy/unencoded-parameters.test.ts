import { sendMessageBatchTemplate } from "../../mapping/send-message-batch-template";
import { sendMessageTemplate } from "../../mapping/send-message-template";
import { WHOLE_CALL, unencodedParameters } from "../../policy/unencoded-parameters";

const VALUE = "$input.params('v')";

test.each<[string, string, string[]]>([
  ["the body as it is", "Action=SendMessage&MessageBody=$input.body", ["MessageBody"]],
  ["the body quietly and in braces", "Action=SendMessage&MessageBody=$!{input.body}", ["MessageBody"]],
  ["an encoded body", "Action=SendMessage&MessageBody=$util.urlEncode($input.body)", []],
  [
    "base64, which has a + in it",
    "Action=SendMessage&MessageBody=$util.base64Encode($input.body)",
    ["MessageBody"],
  ],
  ["a receipt handle", `Action=DeleteMessage&ReceiptHandle=${VALUE}`, ["ReceiptHandle"]],
  ["an encoded receipt handle", `Action=DeleteMessage&ReceiptHandle=$util.urlEncode(${VALUE})`, []],
  ["a number", `Action=ReceiveMessage&MaxNumberOfMessages=${VALUE}`, ["MaxNumberOfMessages"]],
  ["a queue", `Action=SendMessage&QueueUrl=https://sqs.example/1/${VALUE}`, ["QueueUrl"]],
  ["the action", `Action=${VALUE}`, ["Action"]],
  ["behind a text of its own", `Action=SendMessage&MessageGroupId=team-${VALUE}`, ["MessageGroupId"]],
  [
    "a numbered parameter",
    `Action=SendMessage&MessageAttribute.1.Value.StringValue=${VALUE}`,
    ["StringValue"],
  ],
  [
    "a variable",
    `#set($v = "$!${VALUE.slice(1)}")Action=ReceiveMessage&WaitTimeSeconds=$v`,
    ["WaitTimeSeconds"],
  ],
  [
    "a variable of a variable",
    `#set($a = ${VALUE})#set($b = $a)Action=SendMessage&DelaySeconds=$b`,
    ["DelaySeconds"],
  ],
  ["an encoded variable", `#set($v = $util.urlEncode(${VALUE}))Action=SendMessage&DelaySeconds=$v`, []],
  ["a variable that is set anew", `#set($v = ${VALUE})#set($v = 'x')Action=SendMessage&DelaySeconds=$v`, []],
  [
    "a value within a condition",
    `Action=SendMessage&DelaySeconds=#if($x)${VALUE}#{else}0#end`,
    ["DelaySeconds"],
  ],
  ["a joined text", `#set($v = 'a' + ${VALUE})Action=SendMessage&MessageGroupId=$v`, ["MessageGroupId"]],
  ["a given text", `#set($v = 'a')Action=SendMessage&MessageGroupId=$v.concat(${VALUE})`, ["MessageGroupId"]],
  ["the length of a text", `#set($v = ${VALUE})Action=ReceiveMessage&MaxNumberOfMessages=$v.length()`, []],
  ["a number that is read", `#set($n = 0)Action=ReceiveMessage&VisibilityTimeout=$n.parseInt(${VALUE})`, []],
  [
    "members of a list",
    "Action=SendMessage#foreach($m in $input.path('$'))&MessageBody=$m#end",
    ["MessageBody"],
  ],
  ["the count of a loop", "Action=SendMessage#foreach($m in $input.path('$'))&Id=$foreach.count#end", []],
  ["what the pass before has set", "Action=A#foreach($m in $input.path('$'))&Id=$v#set($v = $m)#end", ["Id"]],
  [
    "a value of the context",
    "Action=SendMessage&MessageGroupId=$context.authorizer.tenant",
    ["MessageGroupId"],
  ],
  ["a stage variable", "Action=SendMessage&MessageGroupId=$stageVariables.team", ["MessageGroupId"]],
  ["the call itself", "$input.body", [WHOLE_CALL]],
  ["the call itself, as JSON", " $input.json('$')", [WHOLE_CALL]],
  ["SQS's JSON protocol", '{"MessageBody": "$util.escapeJavaScript($input.body)"}', []],
  ["a template that can't be parsed", "Action=SendMessage&MessageBody=$input.params('a' 'b')", []],
])("%s", (_, template, expected) => {
  expect([...unencodedParameters(template)]).toEqual(expected);
});

test.each<[string, string[]]>([
  ["#if($v.matches('[0-9]{1,2}'))&WaitTimeSeconds=$v#end", []],
  ["#if($v.matches('[1-9]|10') && $x)&WaitTimeSeconds=$v#end", []],
  ["#if($x || $v.matches('[0-9]+'))&WaitTimeSeconds=$v#end", ["WaitTimeSeconds"]],
  ["#if(!$v.matches('\\d+'))#set($v = '1')#end&WaitTimeSeconds=$v", []],
  ["#if(!$v.matches('\\d+'))#set($w = '1')#end&WaitTimeSeconds=$v", ["WaitTimeSeconds"]],
  ["#if($v.matches('\\d+'))#set($w = '1')#end&WaitTimeSeconds=$v", ["WaitTimeSeconds"]],
  ["#if($v == '')#elseif($v.matches('[0-9]'))&WaitTimeSeconds=$v#end", []],
  ["#if($v == 'high')&MessageGroupId=$v#end", []],
  ["#if($v != 'high')&MessageGroupId=$v#end", ["MessageGroupId"]],
  ["#if($v.matches('.*'))&MessageGroupId=$v#end", ["MessageGroupId"]],
  ["#if($v.matches('[^x]+'))&MessageGroupId=$v#end", ["MessageGroupId"]],
  ["#if($v.matches('[a&]+'))&MessageGroupId=$v#end", ["MessageGroupId"]],
  ["#if($v.matches('\\D+'))&MessageGroupId=$v#end", ["MessageGroupId"]],
  ["#if($v.matches($x))&MessageGroupId=$v#end", ["MessageGroupId"]],
])("what has been checked is plain: %s", (rest, expected) => {
  expect([...unencodedParameters(`Action=A#set($v = ${VALUE})${rest}`)]).toEqual(expected);
});

test("the project's own templates encode all", () => {
  const sources = {
    attributes: [{ name: "Event", source: { header: "X-Event" } }],
    messageGroupId: { jsonPath: "$.tenant" },
    messageDeduplicationId: { query: "id" },
    traceHeader: true,
  };
  for (const template of [sendMessageTemplate(sources), sendMessageBatchTemplate(sources)]) {
    expect([...unencodedParameters(template)]).toEqual([]);
  }
});
