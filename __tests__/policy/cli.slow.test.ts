import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "..", "..");
const SAMPLE = join(__dirname, "aws-sample.tf.json");

function policy(...args: string[]) {
  const command = ["-r", join(ROOT, "bin", "register.js"), join(ROOT, "policy", "cli.ts"), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: __dirname,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test("each violation is a line, and the exit code is 1", () => {
  const { status, stdout, stderr } = policy(SAMPLE);
  expect([status, stderr]).toEqual([1, ""]);
  expect(stdout.split("\n")).toEqual(
    expect.arrayContaining([
      'policy message-body-is-encoded: aws_api_gateway_integration.post.request_templates["application/json"] does not encode MessageBody',
      "policy: 17 of 25 rules hold",
    ]),
  );
});

test("--json lists them", () => {
  const { status, stdout } = policy(SAMPLE, "--json");
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toContainEqual({
    stack: "policy",
    rule: "errors-of-sqs-stay-errors",
    address: "aws_api_gateway_integration_response.ok",
    wrong: "answers 200 to whatever SQS answers",
  });
});

test.each([
  ["without stacks", [], /^cdktf\.out: there is no such file or folder\./],
  ["with a path that is none", ["nowhere.tf.json"], /^nowhere\.tf\.json: there is no such file or folder\./],
  ["with a flag that there is not", ["--jsn"], /^--jsn: is not a flag, .* Write --json, or see /],
])("%s the exit code is 2 and one line says why", (_what, args, line) => {
  const { status, stdout, stderr } = policy(...args);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(line);
  expect(stderr.trimEnd()).not.toContain("\n");
});
