import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { version } from "../../package.json";
import { SynthesizedProject } from "../support/synthesized-project";
import { succeeded } from "../support/deploy/succeeded";
import { registryProblem, UsersProjects } from "../support/users-projects";

const ROOT = resolve(__dirname, "..", "..");

jest.setTimeout(120_000);

const problem = registryProblem();
const describeOnline = problem === undefined ? describe : describe.skip;

describeOnline(`the packed package${problem === undefined ? "" : ` (skipped: ${problem})`}`, () => {
  let users: UsersProjects;
  let project: SynthesizedProject;

  beforeAll(async () => {
    project = new SynthesizedProject({
      params: {
        aws_region_name: "eu-central-1",
        storage_sqs_queue_name: "orders",
        authorizer_lambda_arn: "arn:aws:lambda:eu-central-1:123456789012:function:decide",
      },
      "no-auth-stack": { storage_sqs_queue_name: "open-orders" },
    });
    users = await UsersProjects.install();
    await users.inFull("app", "npx", "tsc");
    await users.inFull("app", "node", "main.js");
  }, 600_000);

  afterAll(() => {
    project.remove();
    users.remove();
  });

  test("brings no CDKTF to those who only serve", () => {
    const installed = (name: string) => existsSync(join(users.bare, "node_modules", name));
    expect(["queue-leveling", "cdktf", "constructs", "@cdktf"].map(installed)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  test("has what its exports name", () => {
    const root = join(users.bare, "node_modules", "queue-leveling");
    const names = readdirSync(join(ROOT, "package")).map((file) => file.replace(/\.ts$/, ""));
    const files = names.flatMap((name) => [`package/${name}.js`, `package/${name}.d.ts`]);
    const missing = [...files, "lambda/token-authorizer/index.js"].filter(
      (file) => !existsSync(join(root, "dist", file)),
    );
    expect(missing).toEqual([]);
  });

  test("an app in TypeScript has the pattern beside resources of its own", () => {
    const file = join(users.full, "app", "cdktf.out", "stacks", "shop", "cdk.tf.json");
    const { resource } = JSON.parse(readFileSync(file, "utf8")) as {
      resource: Record<string, Record<string, object>>;
    };
    expect(Object.values(resource.aws_sns_topic ?? {})).toEqual([expect.objectContaining({ name: "shop" })]);
    expect(Object.values(resource.aws_api_gateway_stage ?? {})).toEqual([
      expect.objectContaining({ stage_name: "live" }),
    ]);
  });

  test.each([
    ["Jest", "jest", ["jest", "--ci"]],
    ["ts-jest", "ts-jest", ["jest", "--ci"]],
    ["Vitest", "vitest", ["vitest", "run"]],
  ])("a suite of %s serves the app, and finds what is queued", async (_name, folder, args) => {
    const { output } = await users.inFull(folder, "npx", ...args);
    expect(output).toMatch(/Tests.*[1-9] passed/);
  });

  test.each(["ts-jest", "vitest"])("a suite's types hold, those of the libraries too: %s", async (folder) => {
    await users.inFull(folder, "npx", "tsc");
  });

  test("an ES module serves a stack", async () => {
    const command = users.start(users.bare, "node", "gateway.mjs", project.stack("no-auth-stack"));
    const { stdout } = await succeeded(command.result);
    expect(stdout).toBe("200 [ '[1]' ]\n");
  });

  test.each([
    ["the sample authorizer", [], "testtoken"],
    ["an authorizer in TypeScript", ["--authorizer", "authorizer.ts"], "typed"],
  ])("npx queue-leveling serve serves a stack with %s", async (_name, flags, token) => {
    const args = ["queue-leveling", "serve", project.stack("auth-stack"), "--port", "0", "--json", ...flags];
    const { child, result } = users.start(users.bare, "npx", ...args);
    const [line] = (await once(child.stdout as NodeJS.ReadableStream, "data")) as [string];
    const { stacks } = JSON.parse(line) as { stacks: { url: string }[] };
    const post = async (Authorization: string) => {
      const headers = { "Content-Type": "application/json", Authorization };
      const response = await fetch(stacks[0]?.url ?? "", { method: "POST", headers, body: "{}" });
      return response.status;
    };
    expect([await post(token), await post("wrong")]).toEqual([200, 403]);
    child.kill("SIGTERM");
    await result;
  });

  test.each([
    [["--version"], 0, version],
    [
      [],
      1,
      "queue-leveling: has no such command, got no command; serve is allowed. See queue-leveling --help.",
    ],
    [
      ["server"],
      1,
      "queue-leveling: has no such command, got server; serve is allowed. See queue-leveling --help.",
    ],
    [
      ["serve"],
      1,
      "cdktf.out: is not in this folder, got no stack to serve; a folder or file of *.tf or *.tf.json, cdktf.out, or the output of `terraform show -json` is allowed. Run cdktf synth first, or write queue-leveling serve <path>.",
    ],
  ])("npx queue-leveling %j ends with %i and one line", async (args, code, line) => {
    const { exitCode, output } = await users.start(users.bare, "npx", "queue-leveling", ...args).result;
    expect({ exitCode, output }).toEqual({ exitCode: code, output: `${line}\n` });
  });
});
