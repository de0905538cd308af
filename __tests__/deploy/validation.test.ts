import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { succeeded } from "../support/deploy/succeeded";

describeDeploy("terraform validate, with the lowest provider version that is supported", () => {
  let workspace: DeployWorkspace;

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(deployContext());
    await workspace.synth();
  });

  afterAll(() => workspace.close());

  test.each(["auth-stack", "no-auth-stack"])("accepts %s without a warning", async (stack) => {
    await succeeded(workspace.terraform(stack, "init", "-input=false"));
    const { stdout } = await workspace.terraform(stack, "validate", "-json");
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, diagnostics: [] });
  });
});
