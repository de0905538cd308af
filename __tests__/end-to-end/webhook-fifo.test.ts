import { SenderStack } from "../support/sender-stack";

const PATHS = ["shop", "stock"];

describe("two senders in one FIFO queue", () => {
  let stack: SenderStack;

  beforeAll(async () => {
    stack = await SenderStack.start(
      PATHS.map((path) => ({ sender: "telegram", path })),
      { settings: { fifo: true, message_group_id: { constant: "all" }, content_based_deduplication: true } },
    );
  });

  afterAll(() => stack.close());

  const update = (path: string) =>
    stack.send(path, { headers: { "Content-Type": "application/json" }, body: '{"update_id":7}' });

  test("deliveries of one id from both are two messages, each in its sender's group; one sent again is none", async () => {
    for (const path of [...PATHS, ...PATHS]) expect((await update(path)).status).toBe(200);
    const messages = await stack.local.receiveAll("no-auth-stack");
    expect(messages.map(({ Attributes }) => Attributes)).toMatchObject(
      PATHS.map((path) => ({ MessageGroupId: path, MessageDeduplicationId: `${path}:7` })),
    );
  });
});

describe("senders without an id in one FIFO queue that tells messages by their bodies", () => {
  let stack: SenderStack;

  beforeAll(async () => {
    stack = await SenderStack.start(["adyen", "asana"], {
      settings: { fifo: true, message_group_id: { constant: "all" }, content_based_deduplication: true },
    });
  });

  afterAll(() => stack.close());

  test("each delivery is a message, though all bodies are the same", async () => {
    const headers = { "Content-Type": "application/json" };
    await stack.send("adyen", { headers, body: "{}" });
    for (const secret of ["one", "another"]) {
      const { status } = await stack.send("asana", { headers: { ...headers, "X-Hook-Secret": secret } });
      expect(status).toBe(200);
    }
    const messages = await stack.local.receiveAll("no-auth-stack");
    expect(
      messages.map(({ MessageAttributes }) => MessageAttributes?.["X-Hook-Secret"]?.StringValue),
    ).toEqual([undefined, "one", "another"]);
  });
});
