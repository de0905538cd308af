import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createAuthorizerFunction } from "../support/deploy/authorizer-function";
import { moveToCdkTerrain } from "../support/deploy/cdk-terrain";
import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { runCommand } from "../support/deploy/run-command";
import { succeeded } from "../support/deploy/succeeded";
import { type Params, SETTING_GROUPS } from "../support/setting-groups";

const STACKS = ["auth-stack", "no-auth-stack"] as const;

const CASES: readonly (readonly [string, Params])[] = [
  ["no settings", {}],
  ...Object.entries(SETTING_GROUPS).map(
    ([name, { base, settings }]) => [name, { ...base, ...settings }] as const,
  ),
];

/** What both write of themselves. */
interface Document {
  readonly "//": { readonly metadata: { version: string } };
  readonly terraform: { readonly required_providers: { readonly aws: { source: string } } };
}

describeDeploy(
  "CDK Terrain, by the commands of docs/leaving-cdktf.md",
  () => {
    let workspace: DeployWorkspace;
    const byCdktf = new Map<string, Document[]>();

    const synthesized = async (params: Params): Promise<Document[]> => {
      workspace.project.configure(
        deployContext({ "auth-stack": params, backend: { s3: { bucket: "states" } } }),
      );
      await workspace.synth();
      return STACKS.map((stack) => readDocument(workspace, stack));
    };
    const inProject = (file: string, ...args: string[]) =>
      runCommand(file, args, { cwd: workspace.project.folder, env: workspace.environment });
    const deploy = async (stack: string) => {
      await succeeded(workspace.terraform(stack, "init", "-input=false"));
      await succeeded(workspace.terraform(stack, "apply", "-auto-approve", "-input=false"));
    };

    beforeAll(async () => {
      workspace = await DeployWorkspace.create(deployContext());
      await createAuthorizerFunction(workspace.aws, "decide");
      for (const [name, params] of CASES) byCdktf.set(name, await synthesized(params));
      workspace.project.configure(deployContext());
      await workspace.synth();
      await Promise.all([...STACKS.map(deploy), moveToCdkTerrain(workspace)]);
    });

    afterAll(() => workspace.close());

    test("nothing of CDKTF's is asked for, installed or imported", async () => {
      const { folder } = workspace.project;
      const importing = async (name: string) => {
        const search = ["-rlE", `"@?${name}["/]`, "--include=*.[jt]s", "--exclude-dir=node_modules", "."];
        return (await inProject("grep", ...search)).output;
      };
      expect(readFileSync(join(folder, "package.json"), "utf8")).not.toContain("cdktf");
      expect(existsSync(join(folder, "node_modules", "cdktf"))).toBe(false);
      expect(existsSync(join(folder, "node_modules", "@cdktf"))).toBe(false);
      expect(await importing("cdktf")).toBe("");
      expect(await importing("cdktn")).toContain("main.ts\n");
    });

    test("types hold", async () => {
      await succeeded(inProject(process.execPath, join("node_modules", "typescript", "bin", "tsc")));
    });

    test.each(CASES)("both stacks' JSON is the same: %s", async (name, params) => {
      const version = dependency(workspace, "cdktn");
      const expected = byCdktf.get(name)?.map((document) => saidBy(version, document));
      expect(await synthesized(params)).toEqual(expected);
    });

    test.each(STACKS)("%s, deployed by CDKTF's JSON, has nothing to change", async (stack) => {
      workspace.project.configure(deployContext());
      await workspace.synth();
      const plan = await workspace.terraform(stack, "plan", "-input=false", "-detailed-exitcode");
      expect(plan.output).toContain("No changes.");
      expect(plan.exitCode).toBe(0);
    });
  },
  ["npm"],
);

function readDocument({ project }: DeployWorkspace, stack: string): Document {
  return JSON.parse(readFileSync(join(project.stackFolder(stack), "cdk.tf.json"), "utf8")) as Document;
}

function dependency({ project }: DeployWorkspace, name: string): string {
  const { dependencies } = JSON.parse(readFileSync(join(project.folder, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  return dependencies[name] ?? "";
}

/** The document with what CDK Terrain calls itself and the provider. */
function saidBy(version: string, document: Document): Document {
  const copy = structuredClone(document);
  copy["//"].metadata.version = version;
  copy.terraform.required_providers.aws.source = "hashicorp/aws";
  return copy;
}
