import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { EMULATED_REGION } from "../support/deploy/emulated-aws";
import { remainingResources } from "../support/deploy/remaining-resources";
import { describeRestApi } from "../support/deploy/rest-api-description";
import { succeeded } from "../support/deploy/succeeded";

describeDeploy("no-auth-stack, by plain Terraform, in the synthesized folder", () => {
  let workspace: DeployWorkspace;
  const terraform = (...args: string[]) => workspace.terraform("no-auth-stack", ...args);

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(deployContext());
    await workspace.synth();
    workspace.environment.PATH = folderWithOnly("terraform", workspace.project.folder);
    await succeeded(terraform("init", "-input=false"));
    await succeeded(terraform("plan", "-input=false", "-out=first.tfplan"));
    await succeeded(terraform("apply", "-input=false", "first.tfplan"));
  });

  afterAll(() => workspace.close());

  test("POST /sqs is open, and the stage prod serves it", async () => {
    const { api, post, stages, authorizers } = await describeRestApi(workspace.aws);
    expect(api.name).toBe("open-orders");
    expect(post.authorizationType).toBe("NONE");
    expect(authorizers).toEqual([]);
    expect(stages.map(({ stageName }) => stageName)).toEqual(["prod"]);
  });

  test("terraform output gives the URL, ready to be pasted", async () => {
    const { api } = await describeRestApi(workspace.aws);
    const { stdout } = await succeeded(terraform("output", "-raw", "api_url"));
    expect(stdout).toBe(`https://${api.id ?? ""}.execute-api.${EMULATED_REGION}.amazonaws.com/prod/sqs`);
  });

  test("a second plan is empty", async () => {
    const plan = await terraform("plan", "-input=false", "-detailed-exitcode");
    expect(plan.output).toContain("No changes.");
    expect(plan.exitCode).toBe(0);
  });

  test("destroy leaves nothing behind", async () => {
    await succeeded(terraform("destroy", "-auto-approve", "-input=false"));
    expect(await remainingResources(workspace.aws)).toEqual([]);
  });
});

/** A folder for the PATH in which `program` is, and Node.js, say, is not. */
function folderWithOnly(program: string, parent: string): string {
  const folder = join(parent, "only-programs");
  const found = (process.env.PATH ?? "")
    .split(delimiter)
    .map((entry) => join(entry, program))
    .find((file) => existsSync(file));
  mkdirSync(folder);
  symlinkSync(found ?? program, join(folder, program));
  return folder;
}
