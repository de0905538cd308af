import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { outputsOfFile, outputsOfStack, requireOutput, requireWebhook } from "../../queue/stack-outputs";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "queue-leveling-"));
  process.env.CDKTF_OUTDIR = join(folder, "out");
  process.env.TERRAFORM_BINARY_NAME = join(folder, "terraform");
});

afterEach(() => {
  delete process.env.CDKTF_OUTDIR;
  delete process.env.TERRAFORM_BINARY_NAME;
  rmSync(folder, { recursive: true });
});

const OUTPUTS = { queue_url: { value: "https://sqs.eu-central-1.amazonaws.com/123456789012/work" } };

function write(content: unknown): string {
  const file = join(folder, "state.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

/** A Terraform that does what the shell script says, in the stack's folder. */
function terraform(script: string): void {
  mkdirSync(join(folder, "out", "stacks", "auth-stack"), { recursive: true });
  writeFileSync(join(folder, "terraform"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, "terraform"), 0o755);
}

test.each([
  ["a state", { version: 4, outputs: OUTPUTS, resources: [] }],
  ["terraform show -json", { format_version: "1.0", values: { outputs: OUTPUTS, root_module: {} } }],
  ["terraform output -json", OUTPUTS],
])("the outputs are read from %s", (_what, content) => {
  expect(requireOutput(outputsOfFile(write(content)), "queue_url")).toBe(OUTPUTS.queue_url.value);
});

test.each([
  [
    "an empty state",
    { version: 4, outputs: {}, resources: [] },
    /has no outputs, got none: it is not deployed/,
  ],
  ["what terraform shows of one", { format_version: "1.0" }, /holds no outputs/],
  ["a list", [], /holds no outputs; a Terraform state, or/],
  ["other JSON", { name: "x" }, /holds no outputs/],
])("%s is told", (_what, content, message) => {
  expect(() => outputsOfFile(write(content))).toThrow(message);
});

test("a state with other outputs is told with their names", () => {
  const outputs = outputsOfFile(write({ vpc_id: { value: "vpc-1" }, count: { value: 3 } }));
  expect(() => requireOutput(outputs, "queue_url")).toThrow(/has no output queue_url, got vpc_id, count;/);
});

describe("the output webhooks", () => {
  const GITHUB = {
    sender: "github",
    url: "https://api.example/github",
    queue_url: "https://sqs.example/1/github",
  };

  test.each(["/github", "github"])("tells URL and queue of %s", (path) => {
    const outputs = outputsOfFile(write({ ...OUTPUTS, webhooks: { value: { "/github": GITHUB } } }));
    expect(requireWebhook(outputs, path)).toEqual(GITHUB);
  });

  test("has no other path", () => {
    const outputs = outputsOfFile(
      write({ ...OUTPUTS, webhooks: { value: { "/github": GITHUB, "/wa": GITHUB } } }),
    );
    expect(() => requireWebhook(outputs, "/gitlab")).toThrow(
      /: has no sender of webhooks at that path, got \/gitlab; \/github, \/wa\. Write one of those behind --webhook\./,
    );
  });

  test("is none of every stack", () => {
    expect(() => requireWebhook(outputsOfFile(write(OUTPUTS)), "/github")).toThrow(
      /has no sender of webhooks at that path, got \/github; none of this stack\. Drop --webhook\./,
    );
  });
});

test("a stack's own Terraform is asked, in the stack's folder", () => {
  terraform(`[ "$PWD" = "${folder}/out/stacks/auth-stack" ] && echo '${JSON.stringify(OUTPUTS)}'`);
  expect(outputsOfStack("auth-stack").values).toEqual({ queue_url: OUTPUTS.queue_url.value });
});

test("so is another folder with Terraform", () => {
  terraform(`echo '${JSON.stringify(OUTPUTS)}'`);
  expect(outputsOfStack(folder)).toMatchObject({ source: folder });
});

test.each([
  [
    "printf '\\nError: Backend initialization required, please run \"terraform init\"\\n\\nReason: x' >&2; exit 1",
    /got Backend initialization required, please run "terraform init"; .*Run terraform init there/,
  ],
  ["echo 'Error: No valid credential sources found' >&2; exit 1", /got No valid credential sources found;/],
  ["echo '{}'", /has no outputs, got none: it is not deployed/],
])("what Terraform refuses is one line: %s", (script, message) => {
  terraform(script);
  expect(() => outputsOfStack("auth-stack")).toThrow(message);
});

test("a stack that there is not, and no Terraform, are told with the ways without", () => {
  expect(() => outputsOfStack("auth-stak")).toThrow(
    /auth-stak: there is no such folder; .*--state.*--queue-url/,
  );
  mkdirSync(join(folder, "out", "stacks", "auth-stack"), { recursive: true });
  expect(() => outputsOfStack("auth-stack")).toThrow(/terraform: can't be run, got .*ENOENT; .*--state/);
});
