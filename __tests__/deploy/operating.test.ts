import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { sampleAuthorizer } from "../../local/server/load-stacks";
import { startGateway } from "../../local/server/start-gateway";
import { awsClients } from "../support/deploy/aws-clients";
import { createAuthorizerFunction } from "../support/deploy/authorizer-function";
import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { succeeded } from "../support/deploy/succeeded";

describeDeploy("the commands for a deployed stack", () => {
  let workspace: DeployWorkspace;

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(deployContext());
    await createAuthorizerFunction(workspace.aws, "decide");
    await workspace.synth();
    await succeeded(workspace.terraform("auth-stack", "init", "-input=false"));
  });

  afterAll(() => workspace.close());

  test("a stack that is not deployed yet is told", async () => {
    const { exitCode, output } = await workspace.tool("queue", "auth-stack", "count");
    expect([exitCode, output]).toEqual([
      1,
      expect.stringMatching(/has no outputs, got none: it is not deployed;/),
    ]);
  });

  test("its queue is found by Terraform's outputs, its dead letters come back", async () => {
    await succeeded(workspace.terraform("auth-stack", "apply", "-auto-approve", "-input=false"));
    const { stdout } = await succeeded(workspace.terraform("auth-stack", "output", "-raw", "queue_url"));
    const { sqs } = awsClients(workspace.aws);
    await sqs.send(new SendMessageCommand({ QueueUrl: `${stdout}-dlq`, MessageBody: "dead" }));
    await succeeded(workspace.tool("queue", "auth-stack", "redrive"));
    const peeked = await succeeded(workspace.tool("queue", "auth-stack", "peek", "--json"));
    expect(JSON.parse(peeked.stdout)).toEqual([expect.objectContaining({ body: "dead" })]);
    const counted = await succeeded(workspace.tool("queue", "auth-stack", "count", "--json"));
    expect(JSON.parse(counted.stdout)).toEqual([
      expect.objectContaining({ role: "queue", visible: 1 }),
      expect.objectContaining({ role: "dead-letter queue", visible: 0 }),
    ]);
  });

  test("a smoke test finds its message in that queue, and leaves the other", async () => {
    process.env.AUTHORIZER_TOKEN = "testtoken";
    // moto runs no APIs: the local gateway serves this one, in front of moto's queue.
    const gateway = await startGateway({
      stacks: [workspace.project.stackFolder("auth-stack")],
      authorizer: sampleAuthorizer,
      sqsEndpoint: workspace.aws.endpoint,
    });
    const url = gateway.stacks[0]?.url ?? "";
    const { stdout } = await succeeded(
      workspace.tool("smoke", "auth-stack", "--url", url, "--token", "testtoken"),
    );
    await gateway.close();
    expect(stdout).toMatch(/ and deleted\. 1 looks at others' messages/);
  });
});
