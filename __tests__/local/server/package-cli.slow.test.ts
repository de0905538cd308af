import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeShopStack } from "../../support/shop-stack";

const bin = path.join(__dirname, "..", "..", "..", "bin", "queue-leveling.js");

function run(args: readonly string[], cwd = __dirname) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd, encoding: "utf8" });
  return { status, stdout, stderr };
}

test.each([
  [
    "a flag before the command",
    ["--port", "3000", "serve"],
    "--port: is not a flag before the command, got --port; --version is allowed. Write it after the command, or see queue-leveling --help.",
  ],
  [
    "help for a command",
    ["help", "serve"],
    "queue-leveling: has no such command, got help; serve is allowed. See queue-leveling --help.",
  ],
  [
    "a flag that the command does not have",
    ["serve", "--prot"],
    "--prot: is not a flag, got --prot; --port, ",
  ],
])("%s is one message, and 1", (_, args, message) => {
  const { status, stdout, stderr } = run(args);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr.slice(0, message.length)).toBe(message);
  expect(stderr.match(/\n/g)).toHaveLength(1);
});

test("serve --help is the command's own", () => {
  const { status, stdout } = run(["serve", "--help"]);
  expect(status).toBe(0);
  expect(stdout).toContain("--authorizer <path>");
});

test.each([
  [{ output: "synthesized" }, "synthesized"],
  [{}, "cdktf.out"],
  [undefined, "cdktf.out"],
])("without a path, %j has the stacks of %s served", (settings, output) => {
  const folder = mkdtempSync(path.join(tmpdir(), "package-cli-"));
  if (settings) writeFileSync(path.join(folder, "cdktf.json"), JSON.stringify(settings));
  const { status, stderr } = run(["serve"], folder);
  rmSync(folder, { recursive: true });
  expect(status).toBe(1);
  expect(stderr).toBe(
    `${output}: is not in this folder, got no stack to serve; a folder or file of *.tf or *.tf.json, cdktf.out, or the output of \`terraform show -json\` is allowed. Run cdktf synth first, or write queue-leveling serve <path>.\n`,
  );
});

test.each(["ts", "mts", "cts", "mjs"])("serves with an authorizer in .%s", async (extension) => {
  const shop = writeShopStack();
  const authorizer = path.join(shop.folder, `authorizer.${extension}`);
  const type = extension === "mjs" ? "" : ": unknown";
  writeFileSync(authorizer, `export const handler = (event${type}) => event;\n`);
  const args = [bin, "serve", shop.folder, "--authorizer", authorizer, "--port", "0", "--json"];
  const child = spawn(process.execPath, args);
  let output = "";
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    child.kill();
  });
  await once(child, "close");
  shop.remove();
  expect(output).toMatch(/^\{"stacks":.+\}\n$/);
});
