import { randomUUID } from "node:crypto";
import { LocalStack } from "../support/local-stack";

const IDS = {
  fifo: true,
  message_deduplication_id: { header: "Idempotency-Key" },
};

async function withStack(
  params: object,
  check: (local: LocalStack) => Promise<void>,
  options: Parameters<typeof LocalStack.start>[1] = {},
): Promise<void> {
  const local = await LocalStack.start(params, options);
  try {
    await check(local);
  } finally {
    await local.close();
  }
}

async function answer(response: Response): Promise<{ code: string; message: string }> {
  return (await response.json()) as { code: string; message: string };
}

describe("group and deduplication id from headers", () => {
  let local: LocalStack;

  beforeAll(async () => {
    local = await LocalStack.start(
      { ...IDS, message_group_id: { header: "X-Tenant" }, response: "compact" },
      { auth: { message_group_id: { authorizer: "principalId" } } },
    );
  });

  afterAll(() => local.close());

  const ids = (tenant: string, key: string) => ({ headers: { "X-Tenant": tenant, "Idempotency-Key": key } });

  test("messages of a group come out in order, with their ids", async () => {
    for (let index = 0; index < 25; index += 1) {
      const response = await local.post(`{"n":${index}}`, ids("a", `order-${index}`));
      expect(response.status).toBe(202);
      expect(await response.json()).toEqual({
        messageId: expect.any(String) as string,
        requestId: expect.any(String) as string,
        sequenceNumber: expect.stringMatching(/^\d+$/) as string,
      });
    }
    const messages = await local.receiveAll();
    expect(messages.map(({ Body }) => Body)).toEqual(Array.from({ length: 25 }, (_, n) => `{"n":${n}}`));
    expect(messages[3]?.Attributes).toMatchObject({
      MessageGroupId: "a",
      MessageDeduplicationId: "order-3",
    });
  });

  test("a repeated Idempotency-Key is accepted once", async () => {
    const first = await local.post('{"first":1}', ids("a", "same"));
    const second = await local.post('{"second":1}', ids("a", "same"));
    expect([first.status, second.status]).toEqual([202, 202]);
    expect((await local.receiveAll()).map(({ Body }) => Body)).toEqual(['{"first":1}']);
  });

  test.each([
    ["is missing", {}],
    ["is empty", { "X-Tenant": "" }],
  ])("a group that %s is answered 400 that names the header", async (_what, headers) => {
    const response = await local.post("{}", { headers: { "Idempotency-Key": randomUUID(), ...headers } });
    expect(response.status).toBe(400);
    expect(await answer(response)).toEqual({
      code: "MISSING_MESSAGE_GROUP_ID",
      message: "The message group id is missing. Send the message group id in the header X-Tenant.",
      requestId: expect.any(String) as string,
    });
    expect(await local.receive()).toBeUndefined();
  });

  test("a missing deduplication id is answered 400 that names the header", async () => {
    const response = await local.post("{}", { headers: { "X-Tenant": "a" } });
    expect(response.status).toBe(400);
    expect(await answer(response)).toMatchObject({
      code: "MISSING_MESSAGE_DEDUPLICATION_ID",
      message: expect.stringContaining("in the header Idempotency-Key") as string,
    });
    expect(await local.receive()).toBeUndefined();
  });

  test.each([
    ["INVALID_MESSAGE_GROUP_ID", "a b", "key"],
    ["INVALID_MESSAGE_GROUP_ID", "x".repeat(129), "key"],
    ["INVALID_MESSAGE_DEDUPLICATION_ID", "a", "a b"],
    ["INVALID_MESSAGE_DEDUPLICATION_ID", "a", "x".repeat(129)],
  ])("%s: %s, %s", async (code, tenant, key) => {
    const response = await local.post("{}", ids(tenant, key));
    expect(response.status).toBe(400);
    expect(await answer(response)).toMatchObject({ code });
    expect(await local.receive()).toBeUndefined();
  });

  test("the group from the authorizer can't be chosen by the caller", async () => {
    const response = await local.post(
      "{}",
      { headers: { ...ids("mine", randomUUID()).headers, Authorization: "testtoken", principalId: "mine" } },
      "auth-stack",
    );
    expect(response.status).toBe(202);
    expect((await local.receive("auth-stack"))?.Attributes?.MessageGroupId).toBe("token-holder");
  });
});

test("group from the query, deduplication by content", () =>
  withStack(
    { fifo: true, content_based_deduplication: true, message_group_id: { query: "tenant" } },
    async (local) => {
      for (const body of ['{"a":1}', '{"a":1}', '{"a":2}']) {
        expect((await local.post(body, { path: "?tenant=b" })).status).toBe(200);
      }
      const messages = await local.receiveAll();
      expect(messages.map(({ Body }) => Body)).toEqual(['{"a":1}', '{"a":2}']);
      expect(messages[0]?.Attributes?.MessageGroupId).toBe("b");
      const response = await local.post('{"a":3}');
      expect(response.status).toBe(400);
      expect(await answer(response)).toMatchObject({
        code: "MISSING_MESSAGE_GROUP_ID",
        message: expect.stringContaining("in the query parameter tenant") as string,
      });
    },
  ));

test("group and deduplication id from the body; a constant group", () =>
  withStack(
    {
      fifo: true,
      fifo_high_throughput: true,
      message_group_id: { json_path: "$.order.tenant" },
      message_deduplication_id: { json_path: "$.order.ids[0]" },
    },
    async (local) => {
      const body = '{"order": {"tenant": "t1", "ids": [42]}}';
      expect((await local.post(body)).status).toBe(200);
      const message = await local.receive();
      expect(message?.Body).toBe(body);
      expect(message?.Attributes).toMatchObject({ MessageGroupId: "t1", MessageDeduplicationId: "42" });
      for (const without of ["{}", '{"order":{"tenant":null,"ids":[1]}}', "no JSON", "[]", ""]) {
        const response = await local.post(without);
        expect(response.status).toBe(400);
        expect(await answer(response)).toMatchObject({
          code: "MISSING_MESSAGE_GROUP_ID",
          message: expect.stringContaining("in the body at $.order.tenant") as string,
        });
      }
      const open = await local.post("{}", { headers: { Authorization: "testtoken" } }, "auth-stack");
      expect(open.status).toBe(200);
      expect((await local.receive("auth-stack"))?.Attributes?.MessageGroupId).toBe("all");
    },
    { auth: { message_group_id: { constant: "all" }, message_deduplication_id: { constant: "once" } } },
  ));

test("a standard queue takes a group, for fairness, and does without", async () => {
  const sent: unknown[] = [];
  await withStack(
    { message_group_id: { header: "X-Tenant" } },
    async (local) => {
      expect((await local.post('{"a":1}', { headers: { "X-Tenant": "noisy" } })).status).toBe(200);
      expect((await local.post('{"a":2}')).status).toBe(200);
      expect(await local.receiveAll()).toHaveLength(2);
    },
    { onTrace: ({ backend }) => sent.push(backend?.sent) },
  );
  // The emulator's receive does not tell a standard queue's groups.
  expect(sent).toHaveLength(2);
  expect(sent[0]).toHaveProperty("input.MessageGroupId", "noisy");
  expect(sent[1]).not.toHaveProperty("input.MessageGroupId");
});
