import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { succeeded } from "../support/deploy/succeeded";

describeDeploy("synthesis", () => {
  let workspace: DeployWorkspace;

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(deployContext());
  });

  afterAll(() => workspace.close());

  test("npm run synth writes, without Terraform on the PATH, the same bytes as cdktf synth", async () => {
    await succeeded(workspace.cdktf("synth"));
    const byCli = stackFiles(workspace);
    rmSync(join(workspace.project.folder, "cdktf.out"), { recursive: true });
    workspace.environment.PATH = pathWithout("terraform");
    await workspace.synth();
    expect(stackFiles(workspace)).toEqual(byCli);
  });

  test("a stack's folder holds its JSON and nothing else", () => {
    expect(readdirSync(workspace.project.stackFolder("auth-stack"))).toEqual(["cdk.tf.json"]);
    expect(readdirSync(workspace.project.stackFolder("no-auth-stack"))).toEqual(["cdk.tf.json"]);
  });
});

function pathWithout(program: string): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.filter((folder) => !existsSync(join(folder, program))).join(delimiter);
}

function stackFiles({ project }: DeployWorkspace): string[] {
  return ["auth-stack", "no-auth-stack"].map((stack) =>
    readFileSync(join(project.stackFolder(stack), "cdk.tf.json"), "utf8"),
  );
}
