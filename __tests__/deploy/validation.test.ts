import { DeployWorkspace } from "./deploy-workspace";
import { describeDeploy } from "./describe-deploy";
import { EMULATED_ACCOUNT_ID, EMULATED_REGION } from "./emulated-aws";
import { succeeded } from "./succeeded";

describeDeploy("terraform validate, with the lowest provider version that is supported", () => {
  let workspace: DeployWorkspace;

  beforeAll(async () => {
    workspace = await DeployWorkspace.create({
      params: {
        aws_region_name: EMULATED_REGION,
        storage_sqs_queue_name: "orders",
        authorizer_lambda_arn: `arn:aws:lambda:${EMULATED_REGION}:${EMULATED_ACCOUNT_ID}:function:decide`,
      },
      "no-auth-stack": { storage_sqs_queue_name: "open-orders" },
      backend: { local: {} },
    });
    await workspace.synth();
  });

  afterAll(() => workspace.close());

  test.each(["auth-stack", "no-auth-stack"])("accepts %s without a warning", async (stack) => {
    await succeeded(workspace.terraform(stack, "init", "-input=false"));
    const { stdout } = await workspace.terraform(stack, "validate", "-json");
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, diagnostics: [] });
  });
});
