import { spawnSync } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import { awsClients } from "../support/deploy/aws-clients";
import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { EMULATED_REGION } from "../support/deploy/emulated-aws";
import { remainingResources } from "../support/deploy/remaining-resources";
import { bucketObject, createStateBucket } from "../support/deploy/state-bucket";
import { succeeded } from "../support/deploy/succeeded";
import { until } from "../support/deploy/until";

const STACK = "no-auth-stack";
const BUCKET = "states";
const STATE = `queue-leveling/${STACK}/terraform.tfstate`;
const LOCK = `${STATE}.tflock`;

interface Report {
  readonly before_import: readonly string[];
  readonly resources_in_state: number;
  readonly orphans: readonly {
    readonly id: string;
    readonly notes: readonly string[];
    readonly remove: readonly string[];
    readonly import: readonly string[];
  }[];
}

describeDeploy("what killed applies leave", () => {
  let workspace: DeployWorkspace;
  const terraform = (...args: string[]) => workspace.terraform(STACK, ...args);
  const orphans = async () =>
    JSON.parse((await succeeded(workspace.tool("orphans", STACK, "--json"))).stdout) as Report;

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(
      deployContext({
        backend: { s3: { bucket: BUCKET, region: EMULATED_REGION } },
        // Each queue takes 25 s.
        [STACK]: { storage_sqs_queue_name: "open-orders", dead_letter_queue: false },
      }),
    );
    await createStateBucket(workspace.aws, BUCKET);
    await workspace.synth();
    await succeeded(terraform("init", "-input=false"));
  });

  afterAll(() => workspace.close());

  /** Kills an apply as soon as it says something, and unlocks the state. */
  async function killedApply(line: RegExp): Promise<void> {
    const { child, result } = workspace.startTerraform(STACK, "apply", "-auto-approve", "-input=false");
    let said = "";
    let providers: number[] = [];
    child.stdout?.on("data", (text: string) => {
      said += text;
      if (!line.test(said) || child.killed) return;
      providers = childrenOf(child.pid);
      child.kill("SIGKILL");
    });
    const { exitCode, output } = await result;
    expect([exitCode, output]).toEqual([null, expect.stringMatching(line)]);
    const { ID } = JSON.parse(await bucketObject(workspace.aws, BUCKET, LOCK)) as { ID: string };
    await succeeded(terraform("force-unlock", "-force", ID));
    await isAtRest();
    // One that had nothing to end is gone.
    if (providers.length > 0) spawnSync("kill", providers.map(String));
  }

  /** The provider is a process of its own, which the kill spares: it ends what it was asked for, and waits for ever. */
  async function isAtRest(): Promise<void> {
    await until(async () => {
      const before = await remainingResources(workspace.aws);
      await setTimeout(3000);
      return isDeepStrictEqual(before, await remainingResources(workspace.aws));
    });
  }

  /** How much of it the state has: Terraform may have saved it before the kill. */
  async function inState(): Promise<number> {
    const { stdout } = await succeeded(terraform("state", "list"));
    return stdout.match(/^aws_(sqs_queue|api_gateway_rest_api|iam_role)[.]/gm)?.length ?? 0;
  }

  /** As a user pastes them; this CLI's `aws sqs` does not read AWS_ENDPOINT_URL. */
  async function runAll(commands: readonly string[]): Promise<void> {
    for (const line of commands) {
      const withEndpoint = line.replace(/^aws /, `aws --endpoint-url ${workspace.aws.endpoint} `);
      await succeeded(workspace.shell(withEndpoint));
    }
  }

  test("nothing is deployed: there is nothing", async () => {
    const { stdout } = await succeeded(workspace.tool("orphans", STACK, "--exit-code"));
    expect(stdout).toMatch(
      /^# Nothing in eu-central-1, account 123456789012, carries queue-leveling:stack = no-auth-stack/,
    );
  });

  test("three kills: all that AWS has is listed, and running what is printed removes it all", async () => {
    for (const line of [
      /aws_sqs_queue\.\w+: Creating/,
      /aws_api_gateway_rest_api\.\w+: Creation complete/,
      /aws_api_gateway_stage\.\w+: Creation complete/,
    ]) {
      await killedApply(line);
    }
    const there = await remainingResources(workspace.aws);
    const report = await orphans();
    const known = await inState();
    expect(there.length).toBeGreaterThanOrEqual(3);
    expect(report.orphans.filter(({ id }) => id.startsWith("arn:"))).toHaveLength(there.length - known);
    expect((await workspace.tool("orphans", STACK, "--exit-code")).exitCode).toBe(3);
    await runAll(report.orphans.flatMap(({ remove }) => remove));
    expect(await remainingResources(workspace.aws)).toHaveLength(known);
    expect((await orphans()).orphans).toEqual([]);
  });

  test("a kill after the stage is made, and a lost state: what is printed imports it all, and the next apply goes on", async () => {
    await succeeded(terraform("destroy", "-auto-approve", "-input=false"));
    await killedApply(/aws_api_gateway_stage\.\w+: Creation complete/);
    await awsClients(workspace.aws).s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: STATE }));
    const before = await remainingResources(workspace.aws);
    const report = await orphans();
    const [api] = report.orphans.filter(({ id }) => id.includes("/restapis/"));
    expect(api?.import.length).toBeGreaterThan(5);
    await runAll(report.before_import.map((line) => `${line} -auto-approve -input=false`));
    await runAll(report.orphans.flatMap((orphan) => orphan.import));
    await succeeded(terraform("apply", "-auto-approve", "-input=false"));
    const plan = await terraform("plan", "-input=false", "-detailed-exitcode");
    expect([plan.exitCode, plan.output]).toEqual([0, expect.stringContaining("No changes.")]);
    expect(await remainingResources(workspace.aws)).toEqual(before);
    expect((await orphans()).orphans).toEqual([]);
  });
});

function childrenOf(pid = 0): number[] {
  const { stdout } = spawnSync("pgrep", ["-P", String(pid)], { encoding: "utf8" });
  return stdout.split("\n").filter(Boolean).map(Number);
}
