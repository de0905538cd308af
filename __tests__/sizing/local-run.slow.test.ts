import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { SQSClient } from "@aws-sdk/client-sqs";
import { type RunningGateway, startGateway } from "../../local/server/start-gateway";
import type { ServedStack } from "../../local/server/served-stacks";
import { type Arrivals, arrivalsPerStep } from "../../sizing/arrivals";
import { type SizingRequest, sizingOf } from "../../sizing/sizing";
import { ConsumerPool, visibleMessages } from "../support/consumer-pool";
import { sizingRequest } from "../support/sizing-request";
import { SynthesizedProject } from "../support/synthesized-project";

jest.setTimeout(240_000);

const VISIBILITY_TIMEOUT = 3;
const MAX_RECEIVES = 2;

let project: SynthesizedProject;
let gateway: RunningGateway;
let client: SQSClient;

beforeEach(async () => {
  project = new SynthesizedProject({
    params: {
      aws_region_name: "eu-central-1",
      storage_sqs_queue_name: "auth",
      authorizer_lambda_arn: "arn:aws:lambda:eu-central-1:123456789012:function:token-authorizer",
      visibility_timeout_seconds: VISIBILITY_TIMEOUT,
      max_receive_count: MAX_RECEIVES,
    },
    "no-auth-stack": { storage_sqs_queue_name: "load" },
  });
  gateway = await startGateway({ stacks: [project.stack("no-auth-stack")] });
  client = new SQSClient({
    endpoint: gateway.sqsEndpoint,
    region: "eu-central-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
});

afterEach(async () => {
  client.destroy();
  await gateway.close();
  project.remove();
});

/** An eightieth of a load of 2,000 messages a second, for as long as a test can last. */
function requestOf(poisonRate: number): SizingRequest {
  return sizingRequest("base=1/s, peak=25/s for 20s at 5s", {
    consumers: 5,
    secondsPerMessage: 0.5,
    visibilityTimeout: VISIBILITY_TIMEOUT,
    maxReceives: MAX_RECEIVES,
    poisonRate,
  });
}

interface Figures {
  readonly backlog: number;
  readonly drainSeconds: number;
}

/** What the model says of the same. */
function modelled(request: SizingRequest): Figures {
  const { backlog, drained } = sizingOf(request).sizing;
  return { backlog: backlog.value, drainSeconds: drained?.after ?? NaN };
}

/** A run, and where its messages that always fail are in the end. */
interface Run extends Figures {
  readonly poison: number;
  readonly deadLetters: number;
}

/** Sends real requests at the rates of the arrivals while consumers drain the queue, until its backlog is gone. */
async function measured({ arrivals, load }: SizingRequest): Promise<Run> {
  const [{ url, queueUrl }] = gateway.stacks as [ServedStack];
  const sender = new Sender(url, arrivals, load.poisonRate);
  const pool = new ConsumerPool({ client, queueUrl, ...load, isPoison: ({ Body }) => Body === POISON });
  try {
    const figures = await backlogGone(queueUrl);
    await sender.stop();
    await sleep((MAX_RECEIVES * VISIBILITY_TIMEOUT + 2) * 1000);
    const deadLetters = await visibleMessages(client, `${queueUrl}-dlq`);
    return { ...figures, poison: sender.poison, deadLetters };
  } finally {
    await sender.stop();
    await pool.stop();
  }
}

async function backlogGone(queueUrl: string): Promise<Figures> {
  let peak = { backlog: 0, at: 0 };
  for (;;) {
    const backlog = await visibleMessages(client, queueUrl);
    const at = performance.now() / 1000;
    if (backlog > peak.backlog) peak = { backlog, at };
    if (peak.backlog > A_BACKLOG && backlog === 0) {
      return { backlog: peak.backlog, drainSeconds: at - peak.at };
    }
    await sleep(100);
  }
}

/** More than the base makes by chance. */
const A_BACKLOG = 50;

const POISON = '{"poison":true}';

/** Sends what should have been sent by now, whether earlier requests are answered or not. */
class Sender {
  public poison = 0;
  private readonly started = performance.now();
  private readonly answers: Promise<number>[] = [];
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly url: string,
    private readonly arrivals: Arrivals,
    private readonly poisonRate: number,
  ) {
    this.timer = setInterval(() => {
      this.send();
    }, 20);
  }

  /** Every message must have been taken. */
  public async stop(): Promise<void> {
    clearInterval(this.timer);
    expect(new Set(await Promise.all(this.answers))).toEqual(new Set([200]));
  }

  private send(): void {
    const [due = 0] = arrivalsPerStep(this.arrivals, (performance.now() - this.started) / 1000, 1);
    while (this.answers.length < Math.floor(due)) this.answers.push(this.post(this.answers.length));
  }

  private post(index: number): Promise<number> {
    const isPoison = Math.floor((index + 1) * this.poisonRate) > Math.floor(index * this.poisonRate);
    if (isPoison) this.poison++;
    const headers = { "Content-Type": "application/json" };
    return fetch(this.url, { method: "POST", headers, body: isPoison ? POISON : "{}" }).then(
      ({ status }) => status,
      () => 0,
    );
  }
}

test.each([
  ["where all succeed", 0],
  ["where a tenth fails on every receive", 0.1],
])("%s, backlog and drain time of a local run are the model's within a tenth", async (_what, poisonRate) => {
  const request = requestOf(poisonRate);
  const model = modelled(request);
  const run = await measured(request);
  expect(Math.abs(run.backlog / model.backlog - 1)).toBeLessThan(0.1);
  expect(Math.abs(run.drainSeconds / model.drainSeconds - 1)).toBeLessThan(0.1);
  expect(run.deadLetters).toBe(run.poison);
});
