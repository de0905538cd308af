import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { EMULATED_REGION } from "../support/deploy/emulated-aws";
import { importQueue } from "../support/deploy/imported-queue";
import { planned, plannedResources } from "../support/deploy/planned-resources";
import { bucketKeys, createStateBucket } from "../support/deploy/state-bucket";
import { succeeded } from "../support/deploy/succeeded";

const STACK = "no-auth-stack";

describeDeploy("environments", () => {
  let workspace: DeployWorkspace;

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(
      deployContext({ environment: "dev", backend: { s3: { bucket: "states", region: EMULATED_REGION } } }),
    );
    await createStateBucket(workspace.aws, "states");
    await workspace.synth();
    await succeeded(workspace.terraform(STACK, "init", "-input=false"));
    await importQueue(workspace, STACK, "open-orders-dev");
    workspace.environment.QUEUE_LEVELING_ENVIRONMENT = "staging";
    await workspace.synth();
  });

  afterAll(() => workspace.close());

  test("another environment in the same folder can't touch this one's state: Terraform asks for init", async () => {
    const { exitCode, output } = await workspace.terraform(STACK, "plan", "-input=false");
    expect(exitCode).toBe(1);
    expect(output).toContain("Backend initialization required");
  });

  test("after init -reconfigure it has a state, a queue and tags of its own", async () => {
    await succeeded(workspace.terraform(STACK, "init", "-input=false", "-reconfigure"));
    const resources = await plannedResources(workspace, STACK, []);
    expect(resources).toEqual(
      planned("aws_sqs_queue", {
        name: "open-orders-staging",
        tags_all: { Environment: "staging", "queue-leveling:stack": `${STACK}-staging` },
      }),
    );
    expect(resources).toEqual(planned("aws_api_gateway_rest_api", { name: "open-orders-staging" }));
    expect((await workspace.terraform(STACK, "state", "list")).stdout).toBe("");
    await importQueue(workspace, STACK, "open-orders-staging");
    expect(await bucketKeys(workspace.aws, "states")).toEqual([
      `queue-leveling/${STACK}-dev/terraform.tfstate`,
      `queue-leveling/${STACK}-staging/terraform.tfstate`,
    ]);
  });
});
