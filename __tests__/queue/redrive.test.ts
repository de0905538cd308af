import { createHash } from "node:crypto";
import { Queue } from "../../queue/queue";
import { type Redrive, redrive } from "../../queue/redrive";
import { EmulatedQueues } from "../support/emulated-queues";

let queues: EmulatedQueues;

afterEach(() => queues.stop());

function run(job: Partial<Redrive> = {}) {
  return redrive(Queue.at({ url: queues.url }), {
    filter: { attributes: {} },
    dryRun: false,
    signal: new AbortController().signal,
    tell: () => undefined,
    ...job,
  });
}

const TENANT = (name: string) => ({ tenant: { DataType: "String", StringValue: name } });

describe("a standard queue", () => {
  beforeEach(async () => {
    queues = await EmulatedQueues.start();
  });

  test("a message comes back as it was: body, attributes, trace and group", async () => {
    const message = {
      MessageBody: 'tab\t"quotes" 😀 \u2028 <&>',
      MessageAttributes: {
        ...TENANT("acme"),
        bytes: { DataType: "Binary.png", BinaryValue: Buffer.from([0, 255, 10]) },
        count: { DataType: "Number", StringValue: "007" },
      },
      MessageSystemAttributes: {
        AWSTraceHeader: {
          DataType: "String" as const,
          StringValue: "Root=1-5759e988-bd862e3fe1be46a994272793",
        },
      },
    };
    await queues.send(queues.deadLettersUrl, [message]);
    const [before] = await queues.messages(queues.deadLetters);
    expect(await run()).toMatchObject({ exitCode: 0 });
    const [after] = await queues.messages(queues.name);
    expect(after?.body).toBe(message.MessageBody);
    expect(after?.attributes).toEqual(before?.attributes);
    expect(after?.systemAttributes.AWSTraceHeader).toBe("Root=1-5759e988-bd862e3fe1be46a994272793");
    expect(await queues.bodies(queues.deadLetters)).toEqual([]);
  });

  test("only what the filter names is moved, and all else is visible again", async () => {
    const bodies = Array.from({ length: 25 }, (_, index) => `{"order":${index}}`);
    await queues.send(
      queues.deadLettersUrl,
      bodies.map((MessageBody, index) => ({ MessageBody, MessageAttributes: TENANT(index % 5 ? "b" : "a") })),
    );
    const filter = { attributes: { tenant: "a" }, containing: "0" };
    expect(await run({ filter })).toEqual({
      text: expect.stringMatching(
        /^Moved 3 messages from work-dlq to work, one by one; 22 others stay\. /,
      ) as string,
      exitCode: 0,
    });
    expect((await queues.bodies(queues.name)).sort()).toEqual([
      '{"order":0}',
      '{"order":10}',
      '{"order":20}',
    ]);
    expect(await queues.visible(queues.deadLettersUrl)).toBe(22);
  });

  test("a dry run tells what would be moved, and moves nothing", async () => {
    await queues.send(
      queues.deadLettersUrl,
      Array.from({ length: 12 }, (_, index) => ({ MessageBody: `m${index}` })),
    );
    const { text, exitCode } = await run({ dryRun: true });
    expect(exitCode).toBe(0);
    expect(text).toMatch(/… and 2 more\nWould move 12 messages from work-dlq to work\. Nothing is moved\.$/);
    expect(await queues.visible(queues.deadLettersUrl)).toBe(12);
    expect(await queues.bodies(queues.name)).toEqual([]);
  });

  test("the rate is kept", async () => {
    await queues.send(
      queues.deadLettersUrl,
      Array.from({ length: 12 }, (_, index) => ({ MessageBody: `m${index}` })),
    );
    const start = Date.now();
    await run({ rate: 4 });
    expect(Date.now() - start).toBeGreaterThan(2900);
    expect(await queues.bodies(queues.name)).toHaveLength(12);
  });

  test("--to names another queue, but neither the dead-letter queue nor one of another kind", async () => {
    await queues.send(queues.deadLettersUrl, [{ MessageBody: "m" }]);
    expect(await run({ to: queues.emulator.queueUrl("other") })).toMatchObject({ exitCode: 0 });
    expect(await queues.bodies("other")).toEqual(["m"]);
    await expect(run({ to: queues.deadLettersUrl })).rejects.toThrow(
      /^--to: is the dead-letter queue itself/,
    );
    await expect(run({ to: `${queues.url}.fifo` })).rejects.toThrow(
      /^--to: is of another kind .*a standard queue other than/,
    );
  });

  test("messages that others hold are told, and waited for", async () => {
    await queues.send(queues.deadLettersUrl, [{ MessageBody: "held" }, { MessageBody: "free" }]);
    await Queue.at({ url: queues.deadLettersUrl }).receive(1, 3);
    const told: string[] = [];
    const { exitCode } = await run({ hiddenSeconds: 2, tell: (line) => told.push(line) });
    expect(told[0]).toMatch(/^1 messages of work-dlq are received by others.* waiting up to/);
    expect([exitCode, (await queues.bodies(queues.name)).sort()]).toEqual([0, ["free", "held"]]);
  });

  test("what others keep is told, and the exit code is 1", async () => {
    await queues.send(queues.deadLettersUrl, [{ MessageBody: "held" }]);
    await Queue.at({ url: queues.deadLettersUrl }).receive(1, 600);
    expect(await run({ hiddenSeconds: 0 })).toEqual({
      text: expect.stringMatching(/About 1 were not looked at: received by others/) as string,
      exitCode: 1,
    });
  });

  test("Ctrl-C stops between messages, and tells how far it came", async () => {
    await queues.send(
      queues.deadLettersUrl,
      Array.from({ length: 6 }, () => ({ MessageBody: "m" })),
    );
    const stopping = new AbortController();
    setTimeout(() => {
      stopping.abort();
    }, 500);
    const { text, exitCode } = await run({ rate: 1, signal: stopping.signal });
    expect([text, exitCode]).toEqual([expect.stringMatching(/^Stopped\. Moved 1 messages .*About 5 /), 1]);
  });

  test("a target that refuses a message leaves it where it is", async () => {
    await queues.stop();
    queues = await EmulatedQueues.start("standard", 5, { MaximumMessageSize: "1024" });
    await queues.send(queues.deadLettersUrl, [{ MessageBody: "x".repeat(2000) }, { MessageBody: "small" }]);
    await expect(run()).rejects.toThrow(
      /^work: refuses a message of the dead-letter queue, got .*shorter than 1024 bytes/,
    );
    expect(await queues.bodies(queues.name)).toEqual(["small"]);
    expect((await queues.messages(queues.deadLetters)).map(({ state }) => state)).toEqual(["visible"]);
  });

  test("a queue without dead-letter queue has none to move", async () => {
    const queue = Queue.at({ url: queues.deadLettersUrl });
    await expect(
      redrive(queue, {
        filter: { attributes: {} },
        dryRun: false,
        signal: new AbortController().signal,
        tell: () => undefined,
      }),
    ).rejects.toThrow(/^work-dlq: has no dead-letter queue, got no redrive policy; /);
  });
});

describe("a FIFO queue", () => {
  beforeEach(async () => {
    queues = await EmulatedQueues.start("fifo");
  });

  const message = (MessageBody: string, MessageGroupId: string) => ({
    MessageBody,
    MessageGroupId,
    MessageDeduplicationId: createHash("sha256").update(MessageBody).digest("hex"),
  });

  test("SQS's memory of a message does not swallow it", async () => {
    // A message that fails at once is in the dead-letter queue while SQS still knows its deduplication id.
    await queues.send(queues.url, [message("m", "a")]);
    const queue = Queue.at({ url: queues.url });
    await queue.delete(await queue.receive(1, 30));
    await queues.send(queues.deadLettersUrl, [message("m", "a")]);
    expect(await run()).toMatchObject({ exitCode: 0 });
    expect(await queues.bodies(queues.name)).toEqual(["m"]);
  });

  test("--group moves one group, in order", async () => {
    await queues.send(
      queues.deadLettersUrl,
      Array.from({ length: 20 }, (_, index) => message(`m${index}`, index % 2 ? "odd" : "even")),
    );
    expect(await run({ filter: { attributes: {}, group: "odd" } })).toMatchObject({ exitCode: 0 });
    const odd = Array.from({ length: 10 }, (_, index) => `m${2 * index + 1}`);
    expect(await queues.bodies(queues.name)).toEqual(odd);
    expect(await queues.visible(queues.deadLettersUrl)).toBe(10);
  });

  test("messages behind one that stays are told", async () => {
    await queues.send(queues.deadLettersUrl, [
      message("stays", "a"),
      message("wanted", "a"),
      message("wanted too", "b"),
    ]);
    const { text, exitCode } = await run({ filter: { attributes: {}, containing: "wanted" } });
    expect(text).toMatch(
      /^Moved 1 messages .*1 others stay\. About 1 were not looked at: .*behind messages of their group/,
    );
    expect(exitCode).toBe(0);
  });
});
