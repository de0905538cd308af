import {
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  GetDeploymentsCommand,
  GetGatewayResponsesCommand,
  GetRequestValidatorsCommand,
  GetResourcesCommand,
  GetStagesCommand,
  PutGatewayResponseCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from "@aws-sdk/client-api-gateway";
import { awsClients } from "../support/deploy/aws-clients";
import { createAuthorizerFunction, invocationPolicy } from "../support/deploy/authorizer-function";
import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { EMULATED_ACCOUNT_ID, EMULATED_REGION, type EmulatedAws } from "../support/deploy/emulated-aws";
import { succeeded } from "../support/deploy/succeeded";

const QUEUE = `arn:aws:sqs:${EMULATED_REGION}:210987654321:theirs`;

describeDeploy("a REST API that is there already", () => {
  let workspace: DeployWorkspace;
  let restApiId = "";
  let before: unknown;
  const terraform = (stack: string, ...args: string[]) => workspace.terraform(stack, ...args);
  const settings = (more: object) => ({
    existing_queue_arn: QUEUE,
    existing_rest_api_id: restApiId,
    ...more,
  });

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(deployContext());
    restApiId = await createTheirApi(workspace.aws);
    await createAuthorizerFunction(workspace.aws, "decide");
    before = await theirParts(workspace.aws, restApiId);
    workspace.project.configure(
      deployContext({
        "auth-stack": settings({ existing_rest_api_parent_path: "/shop", stage_name: "prod" }),
        "no-auth-stack": settings({
          deploy_existing_rest_api: true,
          stage_name: "open",
          required_headers: ["X-Tenant"],
          webhook: ["github", { sender: "stripe", required_headers: ["Stripe-Signature"] }],
        }),
      }),
    );
    await workspace.synth();
    for (const stack of ["auth-stack", "no-auth-stack"]) {
      await succeeded(terraform(stack, "init", "-input=false"));
      await succeeded(terraform(stack, "apply", "-auto-approve", "-input=false"));
    }
  });

  afterAll(() => workspace.close());

  test("has the stacks' resources beside its own, which stay as they were", async () => {
    const { apiGateway } = awsClients(workspace.aws);
    const { items = [] } = await apiGateway.send(new GetResourcesCommand({ restApiId }));
    expect(items.map(({ path }) => path).sort()).toEqual([
      "/",
      "/github",
      "/hello",
      "/shop",
      "/shop/sqs",
      "/sqs",
      "/stripe",
    ]);
    const { items: validators = [] } = await apiGateway.send(new GetRequestValidatorsCommand({ restApiId }));
    expect(new Set(validators.map(({ name }) => name)).size).toBe(2);
    expect(await theirParts(workspace.aws, restApiId)).toEqual(before);
  });

  test("has a stage of the stack's only where a setting asks for it", async () => {
    const { apiGateway } = awsClients(workspace.aws);
    const { item = [] } = await apiGateway.send(new GetStagesCommand({ restApiId }));
    expect(item.map(({ stageName }) => stageName).sort()).toEqual(["open", "prod"]);
    const { items = [] } = await apiGateway.send(new GetDeploymentsCommand({ restApiId }));
    expect(items).toHaveLength(2);
  });

  test("may invoke the authorizer, for this API alone", async () => {
    const [statement] = await invocationPolicy(workspace.aws, "decide");
    expect(JSON.stringify(statement?.Condition)).toContain(
      `arn:aws:execute-api:${EMULATED_REGION}:${EMULATED_ACCOUNT_ID}:${restApiId}/authorizers/`,
    );
  });

  test("the outputs name its URLs, and triggers for a deployment by others", async () => {
    const { stdout } = await succeeded(terraform("auth-stack", "output", "-json"));
    const outputs = JSON.parse(stdout) as Record<string, { value: unknown }>;
    const domain = `${restApiId}.execute-api.${EMULATED_REGION}.amazonaws.com`;
    expect(outputs.api_url?.value).toBe(`https://${domain}/prod/shop/sqs`);
    expect(outputs.redeployment_triggers?.value).toMatchObject({ queue_name: "theirs" });
    const url = await succeeded(terraform("no-auth-stack", "output", "-raw", "api_url"));
    expect(url.stdout).toBe(`https://${domain}/open/sqs`);
  });

  test("a second plan is empty, and destroy leaves all that was there before", async () => {
    for (const stack of ["auth-stack", "no-auth-stack"]) {
      const { output } = await terraform(stack, "plan", "-input=false", "-detailed-exitcode");
      expect(output).toContain("No changes.");
    }
    await succeeded(terraform("no-auth-stack", "destroy", "-auto-approve", "-input=false"));
    expect(await theirParts(workspace.aws, restApiId)).toEqual(before);
    const { apiGateway } = awsClients(workspace.aws);
    const { items = [] } = await apiGateway.send(new GetResourcesCommand({ restApiId }));
    expect(items.map(({ path }) => path).sort()).toEqual(["/", "/hello", "/shop", "/shop/sqs"]);
  });
});

/** An API with `GET /hello`, a gateway response, and a deployed stage `prod`. Returns its id. */
async function createTheirApi(aws: EmulatedAws): Promise<string> {
  const { apiGateway } = awsClients(aws);
  const { id: restApiId, rootResourceId: parentId } = await apiGateway.send(
    new CreateRestApiCommand({ name: "theirs", binaryMediaTypes: ["image/png"] }),
  );
  const resource = (pathPart: string) =>
    apiGateway.send(new CreateResourceCommand({ restApiId, parentId, pathPart }));
  const { id: resourceId } = await resource("hello");
  await resource("shop");
  const method = { restApiId, resourceId, httpMethod: "GET" };
  await apiGateway.send(new PutMethodCommand({ ...method, authorizationType: "NONE" }));
  await apiGateway.send(new PutIntegrationCommand({ ...method, type: "MOCK" }));
  const response = { restApiId, responseType: "DEFAULT_4XX", statusCode: "418" } as const;
  await apiGateway.send(new PutGatewayResponseCommand(response));
  await apiGateway.send(new CreateDeploymentCommand({ restApiId, stageName: "prod" }));
  if (restApiId === undefined) throw new Error("There is no API.");
  return restApiId;
}

/** What must stay: the stage with its deployment, the gateway responses, the methods of `/hello`. */
async function theirParts(aws: EmulatedAws, restApiId: string): Promise<unknown> {
  const { apiGateway } = awsClients(aws);
  const [{ item: stages = [] }, { items: responses }, { items: resources = [] }] = await Promise.all([
    apiGateway.send(new GetStagesCommand({ restApiId })),
    apiGateway.send(new GetGatewayResponsesCommand({ restApiId })),
    apiGateway.send(new GetResourcesCommand({ restApiId })),
  ]);
  return {
    stage: stages.find(({ stageName }) => stageName === "prod"),
    responses,
    hello: resources.find(({ path }) => path === "/hello"),
  };
}
