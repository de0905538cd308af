import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { EMULATED_REGION } from "../support/deploy/emulated-aws";
import { remainingResources } from "../support/deploy/remaining-resources";
import type { RunningCommand } from "../support/deploy/run-command";
import { bucketKeys, bucketObject, createStateBucket } from "../support/deploy/state-bucket";
import { succeeded } from "../support/deploy/succeeded";
import { until } from "../support/deploy/until";

const BUCKET = "states";
const STATE_KEY = "queue-leveling/no-auth-stack/terraform.tfstate";
const LOCK_KEY = `${STATE_KEY}.tflock`;

describeDeploy("the lock of a state in S3", () => {
  let workspace: DeployWorkspace;
  let firstApply: RunningCommand;
  const terraform = (...args: string[]) => workspace.terraform("no-auth-stack", ...args);
  const apply = ["apply", "-auto-approve", "-input=false"];

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(
      deployContext({ backend: { s3: { bucket: BUCKET, region: EMULATED_REGION } } }),
    );
    await createStateBucket(workspace.aws, BUCKET);
    await workspace.synth();
    await succeeded(terraform("init", "-input=false"));
    firstApply = workspace.startTerraform("no-auth-stack", ...apply);
    await until(async () =>
      (await remainingResources(workspace.aws)).some((name) => name.startsWith("queue")),
    );
  });

  afterAll(() => workspace.close());

  test("a second apply at the same time gets Terraform's lock error and changes nothing", async () => {
    const before = await remainingResources(workspace.aws);
    const { exitCode, output } = await terraform(...apply);
    expect(exitCode).toBe(1);
    expect(output).toContain("Error acquiring the state lock");
    expect(output).not.toContain("Creating...");
    expect(await remainingResources(workspace.aws)).toEqual(before);
  });

  test("an apply that is killed leaves its lock, which force-unlock removes", async () => {
    firstApply.child.kill("SIGKILL");
    expect((await firstApply.result).exitCode).toBeNull();
    expect((await terraform(...apply)).output).toContain("Error acquiring the state lock");
    const { ID } = JSON.parse(await bucketObject(workspace.aws, BUCKET, LOCK_KEY)) as { ID: string };
    await succeeded(terraform("force-unlock", "-force", ID));
    expect(await bucketKeys(workspace.aws, BUCKET)).not.toContain(LOCK_KEY);
  });

  test("the next apply goes on where the killed one stopped, with nothing made twice", async () => {
    await succeeded(terraform(...apply));
    const { exitCode } = await terraform("plan", "-input=false", "-detailed-exitcode");
    expect(exitCode).toBe(0);
    const remaining = await remainingResources(workspace.aws);
    expect(remaining.filter((name) => name.startsWith("REST API"))).toHaveLength(1);
    expect(remaining.filter((name) => name.startsWith("role"))).toHaveLength(1);
  });

  test("destroy then leaves nothing behind", async () => {
    await succeeded(terraform("destroy", "-auto-approve", "-input=false"));
    expect(await remainingResources(workspace.aws)).toEqual([]);
  });
});
