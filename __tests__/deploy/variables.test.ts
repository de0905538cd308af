import { GetQueueUrlCommand } from "@aws-sdk/client-sqs";
import {
  createAuthorizerFunction,
  functionArn,
  invocationPolicy,
} from "../support/deploy/authorizer-function";
import { awsClients } from "../support/deploy/aws-clients";
import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { EMULATED_ACCOUNT_ID, EMULATED_REGION } from "../support/deploy/emulated-aws";
import { onOneLine } from "../support/deploy/one-line";
import { planned, plannedResources } from "../support/deploy/planned-resources";
import { describeRestApi } from "../support/deploy/rest-api-description";
import { succeeded } from "../support/deploy/succeeded";

const RENAMED = "storage_sqs_queue_name=renamed";

describeDeploy("the Terraform variables of the synthesized JSON", () => {
  let workspace: DeployWorkspace;
  const terraform = (...args: string[]) => workspace.terraform("auth-stack", ...args);
  const plan = (...args: string[]) => terraform("plan", "-input=false", ...args);

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(deployContext());
    await createAuthorizerFunction(workspace.aws, "decide");
    await createAuthorizerFunction(workspace.aws, "decide-anew");
    await workspace.synth();
    await succeeded(terraform("init", "-input=false"));
    await succeeded(terraform("apply", "-auto-approve", "-input=false", "-var", RENAMED));
  });

  afterAll(() => workspace.close());

  test("-var names the queue, and all that derives from its name follows", async () => {
    const { api, post } = await describeRestApi(workspace.aws);
    expect(api).toMatchObject({ name: "renamed", description: expect.stringMatching(/ renamed$/) as string });
    expect(post.methodIntegration?.uri).toBe(
      `arn:aws:apigateway:${EMULATED_REGION}:sqs:path/${EMULATED_ACCOUNT_ID}/renamed`,
    );
    await awsClients(workspace.aws).sqs.send(new GetQueueUrlCommand({ QueueName: "renamed" }));
  });

  test("TF_VAR_… means the same: nothing is left to change", async () => {
    workspace.environment.TF_VAR_storage_sqs_queue_name = "renamed";
    const { exitCode } = await plan("-detailed-exitcode");
    delete workspace.environment.TF_VAR_storage_sqs_queue_name;
    expect(exitCode).toBe(0);
  });

  test("cdktf deploy --var works on the same state: authorizer and permission follow the function", async () => {
    const before = await describeRestApi(workspace.aws);
    const variable = `authorizer_lambda_arn=${functionArn("decide-anew")}`;
    await succeeded(
      workspace.cdktf("deploy", "auth-stack", "--auto-approve", "--var", RENAMED, "--var", variable),
    );
    const after = await describeRestApi(workspace.aws);
    expect(after.api.id).toBe(before.api.id);
    expect(after.authorizers[0]?.authorizerUri).toContain(`/functions/${functionArn("decide-anew")}/`);
    expect(await invocationPolicy(workspace.aws, "decide")).toEqual([]);
    expect(await invocationPolicy(workspace.aws, "decide-anew")).toHaveLength(1);
  });

  test("aws_region_name moves integration and authorizer", async () => {
    const arn = "arn:aws:lambda:us-east-1:123456789012:function:decide";
    const variables = ["-var", "aws_region_name=us-east-1", "-var", `authorizer_lambda_arn=${arn}`];
    const resources = await plannedResources(workspace, "auth-stack", ["-state=none.tfstate", ...variables]);
    expect(resources).toEqual(
      planned("aws_api_gateway_integration", {
        uri: `arn:aws:apigateway:us-east-1:sqs:path/${EMULATED_ACCOUNT_ID}/orders`,
      }),
    );
    expect(resources).toEqual(
      planned("aws_api_gateway_authorizer", {
        authorizer_uri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`,
      }),
    );
  });

  test("an alias of the function is split off for the permission", async () => {
    const alias = `authorizer_lambda_arn=${functionArn("decide")}:live`;
    const resources = await plannedResources(workspace, "auth-stack", ["-state=none.tfstate", "-var", alias]);
    expect(resources).toEqual(
      planned("aws_lambda_permission", {
        function_name: functionArn("decide"),
        qualifier: "live",
      }),
    );
  });

  test.each([
    ["aws_region_name=nowhere", "aws_region_name: is not the name of an AWS Region"],
    ["storage_sqs_queue_name=a/b", "storage_sqs_queue_name: is not a queue name"],
    ["authorizer_lambda_arn=decide", "authorizer_lambda_arn: is not the ARN of a Lambda function"],
    [
      "authorizer_lambda_arn=arn:aws:lambda:us-east-1:123456789012:function:decide",
      "authorizer_lambda_arn: is in another Region than the API",
    ],
  ])("-var %s is refused: %s", async (variable, message) => {
    const { exitCode, output } = await plan("-var", variable);
    expect(exitCode).toBe(1);
    expect(onOneLine(output)).toContain(message);
  });

  test("a setting that is absent becomes a variable that Terraform asks for", async () => {
    workspace.project.configure(deployContext({ params: { aws_region_name: EMULATED_REGION } }));
    await workspace.synth();
    const { exitCode, output } = await plan();
    expect(exitCode).toBe(1);
    expect(output).toContain('The root module input variable "storage_sqs_queue_name" is not set');
    expect(output).toContain('The root module input variable "authorizer_lambda_arn" is not set');
    expect(output).not.toContain('"aws_region_name" is not set');
  });
});
