import { LocalStack } from "../support/local-stack";

const QUEUE = "arn:aws:sqs:eu-west-1:999999999999:theirs";

let local: LocalStack;

beforeAll(async () => {
  local = await LocalStack.start(
    { existing_queue_arn: QUEUE },
    {
      auth: {
        storage_sqs_queue_name: undefined,
        existing_queue_arn: `${QUEUE}.fifo`,
        message_group_id: { constant: "all" },
        message_deduplication_id: { header: "Idempotency-Key" },
      },
      noAuth: { storage_sqs_queue_name: undefined },
    },
  );
});

afterAll(() => local.close());

test("messages go to the queue that the ARN names, in its Region and account", async () => {
  expect(local.served("no-auth-stack").queueUrl).toMatch(/\/theirs$/);
  expect((await local.post('{"a":"&"}')).status).toBe(200);
  expect((await local.receive())?.Body).toBe('{"a":"&"}');
});

test("its name tells that it is a FIFO queue", async () => {
  const headers = { Authorization: "testtoken", "Idempotency-Key": "1" };
  expect((await local.post("{}", { headers }, "auth-stack")).status).toBe(200);
  expect((await local.post("{}", { headers }, "auth-stack")).status).toBe(200);
  const messages = await local.receiveAll("auth-stack");
  expect(messages.map(({ Attributes }) => Attributes?.MessageGroupId)).toEqual(["all"]);
});
