import { LocalStack } from "../support/local-stack";

test("a message that consumers fail on moves to the dead-letter queue, unchanged", async () => {
  const local = await LocalStack.start({
    max_receive_count: 2,
    visibility_timeout_seconds: 0,
    forward_headers: ["X-Tenant"],
  });
  try {
    const body = '{"a":"&+%41"}';
    expect((await local.post(body, { headers: { "X-Tenant": "t" } })).status).toBe(200);
    const { queueUrl } = local.served("no-auth-stack");
    const deadLetters = queueUrl.replace(/open$/, "open-dlq");
    expect(await local.peekAtMost(1, queueUrl)).toHaveLength(1);
    expect(await local.peekAtMost(1, queueUrl)).toHaveLength(1);
    expect(await local.peekAtMost(1, deadLetters)).toEqual([]);
    // The third receive finds that two have failed.
    expect(await local.peekAtMost(1, queueUrl)).toEqual([]);
    const [message] = await local.peekAtMost(1, deadLetters);
    expect(message).toMatchObject({
      Body: body,
      MessageAttributes: { "X-Tenant": { DataType: "String", StringValue: "t" } },
    });
  } finally {
    await local.close();
  }
});
