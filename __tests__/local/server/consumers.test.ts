import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { zipSync } from "fflate";
import { type GatewayOptions, type RunningGateway, startGateway } from "../../../local/server/start-gateway";
import { toldWithFlags } from "../../../local/server/user-error";
import { sendAll } from "../../support/send-all";
import { SynthesizedProject } from "../../support/synthesized-project";

const FOLDER = mkdtempSync(path.join(tmpdir(), "consumers-"));
const JOURNAL = path.join(FOLDER, "journal");
const HANDLER = path.join(FOLDER, "handler.js");
const WITHOUT_HANDLER = path.join(FOLDER, "without-handler.js");

/** Writes down what it did; fails on what bodies ask for. */
const SOURCE = `
const { appendFileSync } = require("node:fs");
exports.handler = async ({ Records }, { awsRequestId }) => {
  const bodies = Records.map(({ body }) => JSON.parse(body));
  const isFirst = Records.every(({ attributes }) => attributes.ApproximateReceiveCount === "1");
  if (isFirst && bodies.some(({ crash }) => crash)) process.exit(1);
  const failed = Records.filter((record, index) => bodies[index].poison);
  const done = bodies.filter(({ poison }) => !poison);
  appendFileSync(process.env.JOURNAL, done.map(({ n }) => n + " " + Records.length + " " + awsRequestId + "\\n").join(""));
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};`;

const PARAMS = { aws_region_name: "eu-central-1", storage_sqs_queue_name: "auth" };
const STACK = "no-auth-stack";
const QUEUE_ARN = "arn:aws:sqs:eu-central-1:000000000000:open";
const ARN = "arn:aws:lambda:eu-central-1:000000000000:function:consume";

interface Document {
  readonly resource: Record<string, Record<string, object>>;
}

let project: SynthesizedProject;
let synthesized: string;
let gateway: RunningGateway | undefined;
let lines: string[];

beforeAll(() => {
  project = new SynthesizedProject({
    params: { ...PARAMS, throttling_rate_limit: -1, visibility_timeout_seconds: 3, max_receive_count: 4 },
    "auth-stack": {
      authorizer_lambda_arn: "arn:aws:lambda:eu-central-1:123456789012:function:token-authorizer",
    },
    [STACK]: { storage_sqs_queue_name: "open" },
  });
  synthesized = readFileSync(documentFile(), "utf8");
  writeFileSync(WITHOUT_HANDLER, "exports.other = 1;");
});
beforeEach(() => {
  lines = [];
  writeFileSync(documentFile(), synthesized);
  writeFileSync(JOURNAL, "");
  writeFileSync(HANDLER, SOURCE);
  process.env.JOURNAL = JOURNAL;
});
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});
afterAll(() => {
  project.remove();
  rmSync(FOLDER, { recursive: true });
});

function documentFile(): string {
  return path.join(project.stack(STACK), "cdk.tf.json");
}

async function start(options: Partial<GatewayOptions> = {}): Promise<RunningGateway> {
  gateway = await startGateway({
    stacks: [project.stack(STACK)],
    log: (line) => {
      lines.push(line);
    },
    ...options,
  });
  return gateway;
}

/** Adds a mapping of the stack's queue, and the function that it names. */
function addMapping(mapping: object = {}, lambda: object | null = {}): void {
  project.edit(STACK, ({ resource }: Document) => {
    resource.aws_lambda_event_source_mapping = {
      m: { event_source_arn: QUEUE_ARN, function_name: ARN, ...mapping },
    };
    if (lambda === null) return;
    const made = { function_name: "consume", filename: "consume.zip", handler: "index.handler", timeout: 1 };
    resource.aws_lambda_function = { f: { ...made, ...lambda } };
  });
  const archive = zipSync({ "index.js": Buffer.from(SOURCE) });
  writeFileSync(path.join(project.stack(STACK), "consume.zip"), archive);
}

async function post(...bodies: readonly object[]): Promise<void> {
  const headers = { "Content-Type": "application/json" };
  const requests = bodies.map((body) => ({ headers, body: JSON.stringify(body) }));
  const answers = await sendAll(gateway?.stacks[0]?.url ?? "", requests);
  expect(answers.every(({ status }) => status === 200)).toBe(true);
}

/** What handlers wrote down of messages that succeeded: on a busy machine a message may come twice, as it may on AWS. */
function journal() {
  const entries = readFileSync(JOURNAL, "utf8").split("\n").filter(Boolean);
  return entries.map((line) => {
    const [n, batch, requestId] = line.split(" ");
    return { n: Number(n), batch: Number(batch), requestId };
  });
}

function numbers(list: readonly { readonly n: number }[]): number[] {
  return [...new Set(list.map(({ n }) => n))].sort((a, b) => a - b);
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await isSo())) {
    await sleep(50);
    if (Date.now() > end) throw new Error(`It did not come so.\n${lines.slice(-20).join("\n")}`);
  }
}

const isEmpty = async () => (await gateway?.messages("open"))?.length === 0;

describe("with a module", () => {
  test("1,000 requests reach it through gateway and queue, whatever fails and crashes", async () => {
    addMapping({
      function_response_types: ["ReportBatchItemFailures"],
      scaling_config: { maximum_concurrency: 3 },
    });
    await start({ consumer: HANDLER });
    const bodies = Array.from({ length: 1000 }, (_, n) => ({
      n,
      ...(n % 50 === 3 && { poison: true }),
      ...(n % 100 === 9 && { crash: true }),
    }));
    await post(...bodies);
    await until(isEmpty);
    const dead = (await gateway?.messages("open-dlq")) ?? [];
    expect(numbers(journal())).toEqual(numbers(bodies.filter(({ poison }) => !poison)));
    expect(dead).toHaveLength(20);
    expect(numbers(dead.map(({ body }) => JSON.parse(body) as { n: number }))).toEqual(
      numbers(bodies.filter(({ poison }) => poison)),
    );
    const batches = lines.filter((line) => line.includes(" → "));
    expect(batches.some((line) => line.includes("Runtime exited with error: exit status 1"))).toBe(true);
    // Each line of the function is found by the request id of its batch.
    const ids = new Set(journal().map(({ requestId }) => requestId));
    expect([...ids].every((id) => batches.some((line) => line.endsWith(` ${id}`)))).toBe(true);
  }, 90_000);

  test("a stack without a mapping gets Lambda's defaults: an error alone keeps messages", async () => {
    const { consumers } = await start({ consumer: HANDLER });
    expect(consumers).toEqual([
      {
        stack: STACK,
        queue: "open",
        handler: HANDLER,
        batchSize: 10,
        maximumBatchingWindowInSeconds: 0,
        concurrency: 5,
        reportsBatchItemFailures: false,
      },
    ]);
    await post({ n: 1, poison: true }, { n: 2 });
    await until(async () => journal().length === 1 && (await isEmpty()));
    const batches = lines.filter((line) => line.includes(" → "));
    expect(batches[0]).toMatch(/^[\d:]+ \d messages? of open → .*handler\.js, [\d.]+ ms.* [\da-f-]{36}$/);
    expect(batches.join("\n")).toContain(
      " ms, 1 message reported as failed and deleted, without ReportBatchItemFailures ",
    );
  });

  test("takes the place of the function that the stack makes, with its environment", async () => {
    addMapping({}, { environment: { variables: { JOURNAL: `${JOURNAL}-2` } } });
    writeFileSync(HANDLER, SOURCE.replace("n +", "(n + 1000) +"));
    await start({ consumer: HANDLER });
    await post({ n: 1 });
    await until(isEmpty);
    expect(readFileSync(`${JOURNAL}-2`, "utf8")).toMatch(/^1001 /);
  });

  test("a reload takes a changed module, and no message is lost on the way", async () => {
    const running = await start({ consumer: HANDLER });
    const bodies = Array.from({ length: 200 }, (_, n) => ({ n }));
    await post(...bodies.slice(0, 100));
    writeFileSync(HANDLER, SOURCE.replace("n +", "(n + 1000) +"));
    await running.reload([project.stack(STACK)]);
    await post(...bodies.slice(100));
    await until(isEmpty);
    const handled = numbers(journal());
    expect(new Set(handled.map((n) => n % 1000)).size).toBe(200);
    expect(handled).toContain(1199);
    writeFileSync(HANDLER, "throw new Error('half saved')");
    await expect(running.reload([project.stack(STACK)])).rejects.toThrow("half saved");
    await post({ n: 500 });
    await until(isEmpty);
    expect(journal().at(-1)?.n).toBe(1500);
  });
});

describe("without a module", () => {
  test("the function that the stack makes runs from its archive, with the mapping's settings", async () => {
    addMapping({ batch_size: 3, function_response_types: ["ReportBatchItemFailures"] }, {});
    const { consumers } = await start({ consumer: true });
    expect(consumers).toMatchObject([
      { queue: "open", handler: "consume", batchSize: 3, concurrency: 5, reportsBatchItemFailures: true },
    ]);
    await post(...Array.from({ length: 30 }, (_, n) => ({ n })), { n: 30, poison: true });
    await until(isEmpty);
    expect(numbers(journal())).toEqual(Array.from({ length: 30 }, (_, n) => n));
    expect(Math.max(...journal().map(({ batch }) => batch))).toBeLessThanOrEqual(3);
    expect(await gateway?.messages("open-dlq")).toHaveLength(1);
  }, 30_000);

  test("only matching messages reach it", async () => {
    addMapping({ filter_criteria: [{ filter: [{ pattern: '{"body":{"n":[{"numeric":[">",1]}]}}' }] }] });
    await start({ consumer: true });
    await post({ n: 1 }, { n: 2 });
    await until(isEmpty);
    expect(journal().map(({ n }) => n)).toEqual([2]);
    expect(lines.some((line) => line.endsWith("1 message of open match no filter and are deleted"))).toBe(
      true,
    );
  });
});

test("without the option messages stay, whatever the mapping is, which is told", async () => {
  addMapping({ filter_criteria: [{ filter: [{ pattern: "{" }] }], batch_size: 99 });
  const { consumers, warnings } = await start();
  expect(consumers).toEqual([]);
  expect(warnings).toEqual([
    `${STACK} has a consumer, which consumes nothing here: that is what --consumer is for.`,
  ]);
  await post({ n: 1 });
  await sleep(300);
  expect(await gateway?.messages("open")).toHaveLength(1);
});

test("a mapping that is not enabled consumes nothing, which is told", async () => {
  addMapping({ enabled: false });
  await expect(start({ consumer: HANDLER })).rejects.toThrow("it is not enabled");
});

test("more at once than this machine has is told", async () => {
  addMapping({ scaling_config: { maximum_concurrency: 100 } });
  const { warnings, consumers } = await start({ consumer: true });
  expect(consumers).toMatchObject([{ concurrency: 20 }]);
  expect(warnings).toEqual([
    `aws_lambda_event_source_mapping.m of ${STACK} may run 100 batches at once, here at most 20.`,
  ]);
});

describe("a mistake is told at start", () => {
  test.each<
    [message: RegExp, mapping: object | undefined, lambda: object | undefined, consumer: string | true]
  >([
    [
      /--consumer: can't run the consumer, got .*nowhere: there is no such file/,
      undefined,
      undefined,
      "nowhere",
    ],
    [
      /can't run the consumer, got .*exports no function named handler/,
      undefined,
      undefined,
      WITHOUT_HANDLER,
    ],
    [
      /--consumer: finds nothing to consume .*no-auth-stack has no aws_lambda_event/,
      undefined,
      undefined,
      true,
    ],
    [/no code of arn:.*:consume, which aws_lambda_event_source_mapping.m names/, {}, undefined, true],
    [/not named handler/, {}, { handler: "index.main" }, true],
    [
      /m\.filter_criteria\.filter\.pattern: can't be evaluated.*wildcard/,
      { filter_criteria: { filter: { pattern: '{"body":{"a":[{"wildcard":"*"}]}}' } } },
      {},
      true,
    ],
    [/m\.batch_size: over 10 needs a batching window/, { batch_size: 11 }, {}, true],
    [/m\.batch_size: is out of range/, { batch_size: 0 }, {}, true],
    [
      /maximum_concurrency: is out of range, got 1; 2 to 1000/,
      { scaling_config: { maximum_concurrency: 1 } },
      {},
      true,
    ],
    [
      /provisioned_poller_config: can't stand beside/,
      { scaling_config: { maximum_concurrency: 2 }, provisioned_poller_config: { maximum_pollers: 2 } },
      {},
      true,
    ],
    [
      /event_source_arn: is a queue whose visibility timeout is less.*3 and 4 seconds/,
      {},
      { timeout: 4 },
      true,
    ],
  ])("%s", async (message, mapping, lambda, consumer) => {
    if (mapping !== undefined) addMapping(mapping, lambda ?? null);
    const error: unknown = await start({ consumer }).catch((reason: unknown) => reason);
    expect(toldWithFlags(error)).toMatch(message);
    expect(toldWithFlags(error)).not.toContain("\n");
  });
});
