import { DeleteRolePolicyCommand, ListRolePoliciesCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import { DeleteIntegrationResponseCommand, DeleteStageCommand } from "@aws-sdk/client-api-gateway";
import { awsClients } from "../support/deploy/aws-clients";
import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { EMULATED_ACCOUNT_ID, EMULATED_REGION, type EmulatedAws } from "../support/deploy/emulated-aws";
import { describeRestApi, type RestApiDescription } from "../support/deploy/rest-api-description";
import { describeRoles } from "../support/deploy/role-description";
import { succeeded } from "../support/deploy/succeeded";

const STACK = "no-auth-stack";

describeDeploy("a deployed stack that somebody changes by hand", () => {
  let workspace: DeployWorkspace;
  const terraform = (...args: string[]) => workspace.terraform(STACK, ...args);
  const planExitCode = async () => (await terraform("plan", "-input=false", "-detailed-exitcode")).exitCode;

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(deployContext());
    await workspace.synth();
    await succeeded(terraform("init", "-input=false"));
    await succeeded(terraform("apply", "-auto-approve", "-input=false"));
  });

  afterAll(() => workspace.close());

  test("gets back the stage, a response mapping and the role's policy", async () => {
    const before = await describeRestApi(workspace.aws);
    const [roleBefore] = await describeRoles(workspace.aws);
    await removeByHand(workspace.aws, before);
    expect(await planExitCode()).toBe(2);

    await succeeded(terraform("apply", "-auto-approve", "-input=false"));
    expect(await planExitCode()).toBe(0);
    const { post, stages } = await describeRestApi(workspace.aws);
    expect(stages.map(({ stageName }) => stageName)).toEqual(["prod"]);
    expect(post.methodIntegration?.integrationResponses).toEqual(
      before.post.methodIntegration?.integrationResponses,
    );
    expect(await describeRoles(workspace.aws)).toEqual([roleBefore]);
  });

  describe("with prevent_destroy", () => {
    async function configureGuarded(settings: Readonly<Record<string, unknown>>): Promise<void> {
      const { params, ...others } = deployContext();
      const guarded = { ...(params as object), prevent_destroy: true, ...settings };
      workspace.project.configure({ ...others, params: guarded });
      await workspace.synth();
    }

    async function expectRefusal(...args: string[]): Promise<void> {
      const { exitCode, output } = await terraform("plan", "-input=false", ...args);
      expect(exitCode).toBe(1);
      expect(output).toContain("Instance cannot be destroyed");
      expect(output).toContain("aws_sqs_queue.");
    }

    test("nothing changes, and neither destroy nor another name goes through", async () => {
      await configureGuarded({});
      expect(await planExitCode()).toBe(0);
      await expectRefusal("-destroy");
      await expectRefusal("-var", "storage_sqs_queue_name=other");
    });

    test.each([
      ["dead_letter_queue", { dead_letter_queue: false }],
      [
        "existing_queue_arn",
        { existing_queue_arn: `arn:aws:sqs:${EMULATED_REGION}:${EMULATED_ACCOUNT_ID}:theirs` },
      ],
      ["fifo", { fifo: true, content_based_deduplication: true, message_group_id: { constant: "all" } }],
    ])("no plan that would take a queue and its messages goes through: %s", async (_setting, settings) => {
      await configureGuarded(settings);
      await expectRefusal();
    });
  });
});

async function removeByHand(aws: EmulatedAws, { api, resource, post }: RestApiDescription): Promise<void> {
  const { apiGateway, iam } = awsClients(aws);
  const restApiId = api.id;
  const [statusCode] = Object.keys(post.methodIntegration?.integrationResponses ?? {});
  await apiGateway.send(new DeleteStageCommand({ restApiId, stageName: "prod" }));
  await apiGateway.send(
    new DeleteIntegrationResponseCommand({
      restApiId,
      resourceId: resource.id,
      httpMethod: "POST",
      statusCode,
    }),
  );
  const { Roles: [{ RoleName } = {}] = [] } = await iam.send(new ListRolesCommand({}));
  const { PolicyNames: [PolicyName] = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
}
