import { PlainStacks } from "../support/plain-stacks";

const account = "${data.aws_caller_identity.me.account_id}";
const queue = "${aws_sqs_queue.q.name}";
const queueUrl = "${aws_sqs_queue.q.url}";
const withQueueUrl = {
  request_templates: {
    "application/json": `Action=SendMessage&QueueUrl=$util.urlEncode("${queueUrl}")&MessageBody=$util.urlEncode($input.body)`,
  },
};
const uri = (rest: string) => ({ uri: `arn:aws:apigateway:us-east-1:sqs:${rest}` });
const toQueue = (expression: string) => ({
  request_parameters: { "integration.request.path.queue": expression },
});

const forms = {
  "path-account": { integration: uri(`path/${account}/${queue}`) },
  "path-slash-account": { integration: uri(`path//${account}/${queue}`) },
  "path-queue": { integration: uri(`path/${queue}`) },
  "path-slash-queue": { integration: uri(`path//${queue}`) },
  "path-url": { integration: { ...uri("path/"), ...withQueueUrl } },
  "path-slash-url": { integration: { ...uri("path//"), ...withQueueUrl } },
  action: {
    integration: {
      ...uri("action/SendMessage"),
      request_parameters: { "integration.request.querystring.QueueUrl": `'${queueUrl}'` },
      request_templates: { "application/json": "MessageBody=$util.urlEncode($input.body)" },
    },
  },
  literal: { integration: { ...uri(`path/${account}/{queue}`), ...toQueue(`'${queue}'`) } },
  "stage-variable": {
    integration: uri("path/$${stageVariables.account}/$${stageVariables.queue}"),
    stage: { variables: { account, queue } },
  },
  "path-parameter": {
    pathPart: "{queue}",
    integration: { ...uri("path/{queue}"), ...toQueue("method.request.path.queue") },
  },
};

describe("each form of an SQS URI", () => {
  let stacks: PlainStacks;

  beforeAll(async () => {
    stacks = await PlainStacks.start(forms);
  });

  afterAll(() => stacks.close());

  it.each(Object.keys(forms))("%s: the message arrives", async (name) => {
    const answer = await stacks.post(name, `"for ${name}"`, name === "path-parameter" ? name : undefined);
    expect(answer.status).toBe(200);
    expect(await stacks.received(name)).toEqual([`"for ${name}"`]);
  });

  it("a queue that the caller names and the role does not reach gets nothing", async () => {
    expect((await stacks.post("path-parameter", "{}", "literal")).status).toBe(500);
    expect((await stacks.post("path-parameter", "{}", "none%2F..%2Fliteral")).status).toBe(500);
    expect(await stacks.received("literal")).toEqual([]);
  });
});
