import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { EMULATED_REGION } from "../support/deploy/emulated-aws";
import { remainingResources } from "../support/deploy/remaining-resources";
import { describeRestApi } from "../support/deploy/rest-api-description";
import { describeRoles } from "../support/deploy/role-description";
import { succeeded } from "../support/deploy/succeeded";

const QUEUE = `arn:aws:sqs:${EMULATED_REGION}:210987654321:theirs`;

describeDeploy("a queue that is there already, in another account", () => {
  let workspace: DeployWorkspace;
  const terraform = (...args: string[]) => workspace.terraform("no-auth-stack", ...args);

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(
      deployContext({ "no-auth-stack": { existing_queue_arn: QUEUE } }),
    );
    await workspace.synth();
    await succeeded(terraform("init", "-input=false"));
    await succeeded(terraform("apply", "-auto-approve", "-input=false"));
  });

  afterAll(() => workspace.close());

  test("the API sends there, with a role that may do just that", async () => {
    const { post } = await describeRestApi(workspace.aws);
    expect(post.methodIntegration?.uri).toBe(
      `arn:aws:apigateway:${EMULATED_REGION}:sqs:path/210987654321/theirs`,
    );
    const [role] = await describeRoles(workspace.aws);
    expect(role?.inlinePolicies).toEqual([
      { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: QUEUE }] },
    ]);
  });

  test("the outputs name it", async () => {
    const { stdout } = await succeeded(terraform("output", "-raw", "queue_url"));
    expect(stdout).toBe(`https://sqs.${EMULATED_REGION}.amazonaws.com/210987654321/theirs`);
  });

  test("a second plan is empty, and destroy leaves nothing behind", async () => {
    const plan = await terraform("plan", "-input=false", "-detailed-exitcode");
    expect(plan.exitCode).toBe(0);
    await succeeded(terraform("destroy", "-auto-approve", "-input=false"));
    expect(await remainingResources(workspace.aws)).toEqual([]);
  });
});
