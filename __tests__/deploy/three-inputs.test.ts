import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type RunningGateway, startGateway } from "../../local/server/start-gateway";
import { createAuthorizerFunction, functionArn } from "../support/deploy/authorizer-function";
import { describeDeploy } from "../support/deploy/describe-deploy";
import {
  EMULATED_ACCOUNT_ID,
  EMULATED_REGION,
  type EmulatedAws,
  startEmulatedAws,
} from "../support/deploy/emulated-aws";
import { providerEnvironment } from "../support/deploy/provider-mirror";
import { runCommand } from "../support/deploy/run-command";
import { succeeded } from "../support/deploy/succeeded";
import { readSuiteEnvironment } from "../support/deploy/suite-environment";
import { SynthesizedProject } from "../support/synthesized-project";

/** Its `main.tf` calls both of the project's stacks as modules, so that one apply makes all APIs. */
const CONFIGURATION = path.resolve(__dirname, "../support/deploy/three-inputs");
const AUTHORIZER = require.resolve("../../lambda/token-authorizer/index.js");
const SECRETS = { Authorization: "testtoken", "x-api-key": "a-key-of-at-least-twenty-characters" };
const INPUTS = ["configuration", "plan", "state"] as const;
type Input = (typeof INPUTS)[number];

interface Try {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

const JSON_HEADERS = { "Content-Type": "application/json" };
const TRIES: readonly Try[] = [
  { headers: JSON_HEADERS, body: '{"id":1,"total":"2 €"}' },
  { headers: { ...JSON_HEADERS, ...SECRETS }, body: '{"id":1,"total":"2 €"}' },
  { headers: { ...JSON_HEADERS, ...SECRETS }, body: ' {"id" : 7, "total": {"a":[1]}} \n' },
  { headers: { ...JSON_HEADERS, ...SECRETS }, body: '{"id":"one"}' },
  { headers: { ...JSON_HEADERS, ...SECRETS }, body: "" },
  { headers: { ...JSON_HEADERS, ...SECRETS }, body: "not JSON &Action=DeleteQueue" },
  { headers: { ...JSON_HEADERS, ...SECRETS }, body: Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d) },
  { headers: { "Content-Type": "text/plain", ...SECRETS }, body: '{"id":1}' },
  { headers: SECRETS, body: Uint8Array.from(Buffer.from('{"id":1}')) },
  { headers: { ...JSON_HEADERS, ...SECRETS }, path: "/no/such/path", body: "{}" },
  { headers: { ...JSON_HEADERS, ...SECRETS }, path: "?id=2", body: '{"id":2}' },
  { method: "PUT", headers: { ...JSON_HEADERS, ...SECRETS }, body: "{}" },
  { method: "GET", headers: SECRETS },
  { method: "OPTIONS" },
  { headers: { ...JSON_HEADERS, Authorization: "wrong", "x-api-key": "wrong" }, body: '{"id":1}' },
  { headers: { ...JSON_HEADERS, ...SECRETS }, body: JSON.stringify({ id: 1, text: "x".repeat(1_050_000) }) },
];

describeDeploy("configuration, plan and state of one HCL configuration that calls CDKTF's as modules", () => {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), "three-inputs-")), "shop");
  const gateways = new Map<Input, RunningGateway>();
  let aws: EmulatedAws;

  const terraform = async (cwd: string, ...args: string[]): Promise<string> => {
    const env = {
      PATH: process.env.PATH,
      ...aws.environment,
      ...providerEnvironment(readSuiteEnvironment().folder),
      CHECKPOINT_DISABLE: "1",
      TF_CLI_ARGS: "-no-color",
    };
    return (await succeeded(runCommand("terraform", args, { cwd, env }))).stdout;
  };

  const plan = async (file: string) => {
    await terraform(folder, "plan", "-input=false", "-out=first.tfplan");
    writeFileSync(file, await terraform(folder, "show", "-json", "first.tfplan"));
  };

  const apply = async (file: string) => {
    const applied = `${folder}-applied`;
    cpSync(folder, applied, { recursive: true, verbatimSymlinks: true });
    rmSync(path.join(applied, "described.tf"));
    await terraform(applied, "apply", "-input=false", "-auto-approve");
    writeFileSync(file, await terraform(applied, "show", "-json"));
  };

  beforeAll(async () => {
    process.env.AUTHORIZER_TOKEN = SECRETS.Authorization;
    aws = await startEmulatedAws();
    await createAuthorizerFunction(aws, "decide");
    writeConfiguration(folder);
    await terraform(folder, "init", "-input=false");
    const files: Record<Input, string> = {
      configuration: folder,
      plan: path.join(folder, "shop.json"),
      state: path.join(folder, "..", "shop.json"),
    };
    await Promise.all([plan(files.plan), apply(files.state)]);
    for (const input of INPUTS) {
      gateways.set(input, await startGateway({ stacks: [files[input]], authorizer: AUTHORIZER }));
    }
  });

  afterAll(async () => {
    await Promise.all([...gateways.values()].map((gateway) => gateway.close()));
    await aws.stop();
    rmSync(path.dirname(folder), { recursive: true });
  });

  test("nothing of it is made up or left out", () => {
    const warnings = Array.from(gateways.values(), (gateway) => gateway.warnings);
    expect(warnings).toEqual([[], [], []]);
  });

  test.each<[path: string, queue: string, statuses: readonly number[]]>([
    [
      "shop.shop/live/v1/orders",
      "shop-default-orders",
      [202, 202, 202, 422, 422, 422, 422, 415, 500, 403, 500, 403, 403, 403, 500, 500],
    ],
    [
      "shop.shop/live/v1/refunds",
      "shop-default-refunds",
      [403, 202, 202, 422, 422, 422, 422, 415, 202, 403, 202, 403, 403, 403, 403, 500],
    ],
    [
      "shop.shop/live/v1/reports",
      "shop-default-reports",
      [202, 202, 202, 422, 422, 422, 422, 415, 202, 403, 202, 403, 403, 403, 202, 500],
    ],
    [
      "shop.guarded.QueueLeveling_RestApi_0ED85094/prod/sqs",
      "guarded",
      [401, 200, 200, 200, 200, 200, 200, 415, 200, 403, 200, 403, 403, 403, 403, 413],
    ],
    [
      "shop.open.QueueLeveling_RestApi_0ED85094/prod/sqs",
      "open",
      [200, 200, 200, 200, 200, 200, 200, 415, 200, 403, 200, 403, 403, 403, 200, 413],
    ],
  ])("%s answers alike, and the same messages arrive", async (url, queue, statuses) => {
    const [configuration, plan, state] = await outcomes(INPUTS, url, queue);
    expect(plan).toEqual(configuration);
    expect(state).toEqual(configuration);
    expect(configuration?.answers.map(({ status }) => status)).toEqual(statuses);
  });

  // moto can't import a body with integrations, so that there is no state of it.
  test("an OpenAPI body answers alike from configuration and plan, without a state", async () => {
    const url = "shop.described/described/reports";
    const [configuration, plan] = await outcomes(["configuration", "plan"], url, "shop-default-reports");
    expect(plan).toEqual(configuration);
    expect(configuration?.answers.map(({ status }) => status)).toEqual([
      200, 200, 200, 200, 200, 200, 200, 415, 200, 403, 200, 403, 403, 403, 200, 200,
    ]);
  });

  function outcomes(inputs: readonly Input[], url: string, queue: string): Promise<Outcome[]> {
    return Promise.all(
      [...gateways].flatMap(([input, gateway]) =>
        inputs.includes(input) ? outcome(gateway, url, queue) : [],
      ),
    );
  }
});

/** What a request is answered, without what differs from one request to the next. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Outcome {
  readonly answers: readonly Answer[];
  /** What the queue holds, in no order. */
  readonly arrived: readonly string[];
}

async function outcome(gateway: RunningGateway, url: string, queue: string): Promise<Outcome> {
  const origin = new URL(gateway.stacks[0]?.url ?? "").origin;
  const answers: Answer[] = [];
  for (const { path: more = "", ...request } of TRIES) {
    answers.push(await answerTo(`${origin}/${url}${more}`, request));
  }
  const messages = await gateway.messages(queue);
  const arrived = messages.map(({ body, bodyLength, attributes }) => ({ body, bodyLength, attributes }));
  return { answers, arrived: arrived.map((message) => withoutIds(JSON.stringify(message))).sort() };
}

async function answerTo(url: string, request: RequestInit): Promise<Answer> {
  const response = await fetch(url, { method: "POST", ...request });
  const lasting = [...response.headers].filter(([name]) => !VOLATILE_HEADERS.includes(name));
  const headers = Object.fromEntries(lasting);
  return { status: response.status, headers, body: withoutIds(await response.text()) };
}

const VOLATILE_HEADERS = ["date", "x-amzn-requestid", "x-amz-apigw-id", "x-amzn-trace-id"];

/** Ids also have an effect on the digest of the attributes that hold one; a configuration alone is taken to run in an account of zeros. */
function withoutIds(text: string): string {
  return text
    .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, "<id>")
    .replaceAll(/(MD5OfMessage(?:System)?Attributes":")[\da-f]{32}/g, "$1<digest>")
    .replaceAll("000000000000", EMULATED_ACCOUNT_ID);
}

function writeConfiguration(folder: string): void {
  cpSync(CONFIGURATION, folder, { recursive: true });
  const project = new SynthesizedProject({
    params: {
      aws_region_name: EMULATED_REGION,
      storage_sqs_queue_name: "guarded",
      authorizer_lambda_arn: functionArn("decide"),
    },
    "no-auth-stack": { storage_sqs_queue_name: "open", throttling_rate_limit: -1 },
  });
  for (const stack of ["auth-stack", "no-auth-stack"] as const) {
    cpSync(project.stack(stack), path.join(folder, stack), { recursive: true });
  }
  project.remove();
}
