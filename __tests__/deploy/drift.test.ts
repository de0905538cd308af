import { DeleteRolePolicyCommand, ListRolePoliciesCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import { DeleteIntegrationResponseCommand, DeleteStageCommand } from "@aws-sdk/client-api-gateway";
import { awsClients } from "./aws-clients";
import { deployContext } from "./deploy-context";
import { DeployWorkspace } from "./deploy-workspace";
import { describeDeploy } from "./describe-deploy";
import type { EmulatedAws } from "./emulated-aws";
import { describeRestApi, type RestApiDescription } from "./rest-api-description";
import { describeRoles } from "./role-description";
import { succeeded } from "./succeeded";

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

  test("with prevent_destroy, no plan that would take the queue and its messages goes through", async () => {
    const { params, ...others } = deployContext();
    workspace.project.configure({ ...others, params: { ...(params as object), prevent_destroy: true } });
    await workspace.synth();
    expect(await planExitCode()).toBe(0);
    for (const args of [["-destroy"], ["-var", "storage_sqs_queue_name=other"]]) {
      const { exitCode, output } = await terraform("plan", "-input=false", ...args);
      expect(exitCode).toBe(1);
      expect(output).toContain("Instance cannot be destroyed");
      expect(output).toContain("aws_sqs_queue.");
    }
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
