import { PlainStacks } from "../support/plain-stacks";

const ACCOUNT = "${data.aws_caller_identity.me.account_id}";
const QUEUE = "${aws_sqs_queue.q.name}";
const QUEUE_URL = "${aws_sqs_queue.q.url}";
const WITH_QUEUE_URL = {
  request_templates: {
    "application/json": `Action=SendMessage&QueueUrl=$util.urlEncode("${QUEUE_URL}")&MessageBody=$util.urlEncode($input.body)`,
  },
};
const uri = (rest: string) => ({ uri: `arn:aws:apigateway:us-east-1:sqs:${rest}` });
const toQueue = (expression: string) => ({
  request_parameters: { "integration.request.path.queue": expression },
});

const FORMS = {
  "path-account": { integration: uri(`path/${ACCOUNT}/${QUEUE}`) },
  "path-slash-account": { integration: uri(`path//${ACCOUNT}/${QUEUE}`) },
  "path-queue": { integration: uri(`path/${QUEUE}`) },
  "path-slash-queue": { integration: uri(`path//${QUEUE}`) },
  "path-url": { integration: { ...uri("path/"), ...WITH_QUEUE_URL } },
  "path-slash-url": { integration: { ...uri("path//"), ...WITH_QUEUE_URL } },
  action: {
    integration: {
      ...uri("action/SendMessage"),
      request_parameters: { "integration.request.querystring.QueueUrl": `'${QUEUE_URL}'` },
      request_templates: { "application/json": "MessageBody=$util.urlEncode($input.body)" },
    },
  },
  literal: { integration: { ...uri(`path/${ACCOUNT}/{queue}`), ...toQueue(`'${QUEUE}'`) } },
  "stage-variable": {
    integration: uri("path/$${stageVariables.account}/$${stageVariables.queue}"),
    stage: { variables: { account: ACCOUNT, queue: QUEUE } },
  },
  "path-parameter": {
    pathPart: "{queue}",
    integration: { ...uri("path/{queue}"), ...toQueue("method.request.path.queue") },
  },
};

describe("each form of an SQS URI", () => {
  let stacks: PlainStacks;

  beforeAll(async () => {
    stacks = await PlainStacks.start(FORMS);
  });

  afterAll(() => stacks.close());

  it.each(Object.keys(FORMS))("%s: the message arrives", async (name) => {
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
