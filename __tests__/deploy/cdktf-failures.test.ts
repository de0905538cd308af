import { PutObjectCommand } from "@aws-sdk/client-s3";
import { awsClients } from "../support/deploy/aws-clients";
import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { EMULATED_REGION } from "../support/deploy/emulated-aws";
import { remainingResources } from "../support/deploy/remaining-resources";
import { createStateBucket } from "../support/deploy/state-bucket";

const CONTEXT = deployContext({ backend: { s3: { bucket: "states", region: EMULATED_REGION } } });

describeDeploy("cdktf deploy without a terminal fails with a code that is not zero", () => {
  let workspace: DeployWorkspace;
  const deploy = (stack: string, ...args: string[]) =>
    workspace.cdktf("deploy", stack, "--auto-approve", ...args);

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(CONTEXT);
    await createStateBucket(workspace.aws, "states");
  });

  beforeEach(() => {
    workspace.project.configure(CONTEXT);
  });

  afterEach(async () => {
    expect(await remainingResources(workspace.aws)).toEqual([]);
  });

  afterAll(() => workspace.close());

  test("when a setting is wrong, and says which", async () => {
    workspace.project.configure(deployContext({ params: { aws_region_name: "nowhere" } }));
    const { exitCode, output } = await deploy("auth-stack");
    expect(exitCode).not.toBe(0);
    expect(output).toContain("cdktf.json context.params.aws_region_name:");
  });

  test("when there is no such stack", async () => {
    const { exitCode, output } = await deploy("other-stack");
    expect(exitCode).not.toBe(0);
    expect(output).toContain("Could not find stack for pattern 'other-stack'");
  });

  test("when nobody says the bucket of the states, and tells how to have one", async () => {
    workspace.project.configure(deployContext({ backend: { s3: {} } }));
    const { exitCode, output } = await deploy("no-auth-stack");
    expect(exitCode).not.toBe(0);
    expect(output).toMatch(
      /backend\.s3: .* cdktf deploy .* Run npm run bootstrap, or, .* "backend": { "local": {} }\.\n/,
    );
    expect(output).not.toContain("Enter a value");
    expect((await workspace.cdktf("synth")).exitCode).toBe(0);
  });

  test("when the plan fails", async () => {
    const { exitCode, output } = await deploy("no-auth-stack", "--var", "storage_sqs_queue_name=a/b");
    expect(exitCode).not.toBe(0);
    expect(output).toContain("storage_sqs_queue_name: is not a queue name");
  });

  test("when somebody else holds the lock, and says who", async () => {
    const Key = "queue-leveling/no-auth-stack/terraform.tfstate.tflock";
    const Body = JSON.stringify({ ID: "0", Operation: "OperationTypeApply", Who: "colleague@laptop" });
    await awsClients(workspace.aws).s3.send(new PutObjectCommand({ Bucket: "states", Key, Body }));
    const { exitCode, output } = await deploy("no-auth-stack");
    expect(exitCode).not.toBe(0);
    expect(output).toContain("colleague@laptop");
  });
});
