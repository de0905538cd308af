import { deployContext } from "./deploy-context";
import { DeployWorkspace } from "./deploy-workspace";
import { describeDeploy } from "./describe-deploy";
import { succeeded } from "./succeeded";

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
