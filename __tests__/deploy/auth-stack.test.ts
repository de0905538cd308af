import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HeadObjectCommand } from "@aws-sdk/client-s3";
import { ListRolesCommand, ListRoleTagsCommand } from "@aws-sdk/client-iam";
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
} from "@aws-sdk/client-sqs";
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
import { remainingResources } from "../support/deploy/remaining-resources";
import { describeRestApi } from "../support/deploy/rest-api-description";
import { describeRoles } from "../support/deploy/role-description";
import { runCommand } from "../support/deploy/run-command";
import { bucketKeys, createStateBucket } from "../support/deploy/state-bucket";
import { succeeded } from "../support/deploy/succeeded";

const BUCKET = "states";
const STATE_KEY = "queue-leveling/auth-stack/terraform.tfstate";
const QUEUE_ARN = `arn:aws:sqs:${EMULATED_REGION}:${EMULATED_ACCOUNT_ID}:orders`;

describeDeploy("auth-stack, by cdktf deploy, with the state in S3", () => {
  let workspace: DeployWorkspace;

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(
      deployContext({ backend: { s3: { bucket: BUCKET, region: EMULATED_REGION } } }),
    );
    await createStateBucket(workspace.aws, BUCKET);
    await createAuthorizerFunction(workspace.aws, "decide");
    await succeeded(workspace.cdktf("deploy", "auth-stack", "--auto-approve"));
  });

  afterAll(() => workspace.close());

  test("the state is in the bucket, encrypted, and no lock is left", async () => {
    expect(await bucketKeys(workspace.aws, BUCKET)).toEqual([STATE_KEY]);
    const { ServerSideEncryption } = await awsClients(workspace.aws).s3.send(
      new HeadObjectCommand({ Bucket: BUCKET, Key: STATE_KEY }),
    );
    expect(ServerSideEncryption).toBe("AES256");
  });

  test("as HCL it is valid, and plans nothing on the state that the JSON was applied to", async () => {
    await succeeded(workspace.cdktf("synth", "--hcl", "--output", "cdktf.hcl"));
    const cwd = join(workspace.project.folder, "cdktf.hcl", "stacks", "auth-stack");
    const terraform = (...args: string[]) =>
      succeeded(runCommand("terraform", args, { cwd, env: workspace.environment }));
    await terraform("init", "-input=false");
    await terraform("validate");
    const { output } = await terraform("plan", "-input=false", "-detailed-exitcode");
    expect(output).toContain("No changes.");
  });

  test("cdktf output gives what callers and consumers need", async () => {
    const { api } = await describeRestApi(workspace.aws);
    const file = join(workspace.project.folder, "outputs.json");
    await succeeded(workspace.cdktf("output", "auth-stack", "--skip-synth", "--outputs-file", file));
    const url = `https://${api.id ?? ""}.execute-api.${EMULATED_REGION}.amazonaws.com/prod/sqs`;
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
      "auth-stack": {
        api_url: url,
        queue_url: `${workspace.aws.endpoint}/${EMULATED_ACCOUNT_ID}/orders`,
        queue_arn: QUEUE_ARN,
        rest_api_id: api.id,
        stage_name: "prod",
        curl_example: expect.stringContaining(`curl -X POST ${url} `) as string,
      },
    });
  });

  test("POST /sqs of a regional API is protected by a TOKEN authorizer that calls the given function", async () => {
    const { api, post, authorizers } = await describeRestApi(workspace.aws);
    expect(api.endpointConfiguration?.types).toEqual(["REGIONAL"]);
    expect(authorizers).toEqual([
      expect.objectContaining({
        type: "TOKEN",
        identitySource: "method.request.header.Authorization",
        authorizerUri: `arn:aws:apigateway:${EMULATED_REGION}:lambda:path/2015-03-31/functions/${functionArn("decide")}/invocations`,
      }),
    ]);
    expect(post).toMatchObject({ authorizationType: "CUSTOM", authorizerId: authorizers[0]?.id });
  });

  test("the integration calls SQS with the role, and lets no unmapped body through", async () => {
    const { post } = await describeRestApi(workspace.aws);
    const [role] = await describeRoles(workspace.aws);
    expect(post.methodIntegration).toMatchObject({
      type: "AWS",
      httpMethod: "POST",
      uri: `arn:aws:apigateway:${EMULATED_REGION}:sqs:path/${EMULATED_ACCOUNT_ID}/orders`,
      credentials: role?.arn,
      passthroughBehavior: "NEVER",
    });
  });

  test("the stage prod serves the only deployment", async () => {
    const { stages, deploymentIds } = await describeRestApi(workspace.aws);
    expect(deploymentIds).toHaveLength(1);
    expect(stages).toEqual([expect.objectContaining({ stageName: "prod", deploymentId: deploymentIds[0] })]);
  });

  test("only API Gateway may assume the role, which may only send, to this queue", async () => {
    expect(await describeRoles(workspace.aws)).toEqual([
      {
        arn: expect.stringContaining(":role/queue-leveling-") as string,
        trustPolicy: {
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "apigateway.amazonaws.com" } },
          ],
        },
        inlinePolicies: [
          {
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: QUEUE_ARN }],
          },
        ],
        attachedPolicies: [],
      },
    ]);
  });

  test("only this authorizer of this API may invoke the function", async () => {
    const { api, authorizers } = await describeRestApi(workspace.aws);
    const authorizerArn = `arn:aws:execute-api:${EMULATED_REGION}:${EMULATED_ACCOUNT_ID}:${api.id ?? ""}/authorizers/${authorizers[0]?.id ?? ""}`;
    expect(await invocationPolicy(workspace.aws, "decide")).toEqual([
      expect.objectContaining({
        Effect: "Allow",
        Action: "lambda:InvokeFunction",
        Principal: { Service: "apigateway.amazonaws.com" },
        Resource: functionArn("decide"),
        Condition: { ArnLike: { "AWS:SourceArn": authorizerArn } },
      }),
    ]);
  });

  test("the queue is encrypted with SQS's own KMS key", async () => {
    const { sqs } = awsClients(workspace.aws);
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: "orders" }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
    );
    expect(Attributes).toMatchObject({ QueueArn: QUEUE_ARN, KmsMasterKeyId: "alias/aws/sqs" });
  });

  test("whatever can have tags has the stack's name as one", async () => {
    const { iam, sqs } = awsClients(workspace.aws);
    const { api, stages } = await describeRestApi(workspace.aws);
    const { Roles: [{ RoleName } = {}] = [] } = await iam.send(new ListRolesCommand({}));
    const { Tags: roleTags } = await iam.send(new ListRoleTagsCommand({ RoleName }));
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
    const queueTags = await Promise.all(
      QueueUrls.map(async (QueueUrl) => (await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags),
    );
    const tags = { "queue-leveling:stack": "auth-stack" };
    expect([api.tags, ...stages.map((stage) => stage.tags)]).toEqual([tags, tags]);
    expect(roleTags).toEqual([{ Key: "queue-leveling:stack", Value: "auth-stack" }]);
    expect(queueTags).toEqual([tags, tags]);
  });

  test("a second plan is empty", async () => {
    const plan = await workspace.terraform("auth-stack", "plan", "-input=false", "-detailed-exitcode");
    expect(plan.output).toContain("No changes.");
    expect(plan.exitCode).toBe(0);
  });

  test("cdktf destroy leaves nothing behind, neither resource nor permission nor lock", async () => {
    await succeeded(workspace.cdktf("destroy", "auth-stack", "--auto-approve"));
    expect(await remainingResources(workspace.aws)).toEqual([]);
    expect(await invocationPolicy(workspace.aws, "decide")).toEqual([]);
    expect(await bucketKeys(workspace.aws, BUCKET)).toEqual([STATE_KEY]);
  });
});
