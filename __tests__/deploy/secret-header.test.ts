import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SETTING_GROUPS } from "../support/setting-groups";
import { awsSnapshot } from "../support/deploy/aws-snapshot";
import { ChangingStack } from "../support/deploy/changing-stack";
import { describeDeploy } from "../support/deploy/describe-deploy";

const SETTINGS = {
  ...SETTING_GROUPS["a queue whose senders know a secret"].settings,
  queue_policy_statements: SETTING_GROUPS["a standard queue"].settings.queue_policy_statements,
};

const FIRST = "the-first.secret/value+0123=";
const SECOND = "the-second.secret/value+456=";

describeDeploy("a secret header, and a partner's statement, on a deployed stack", () => {
  let stack: ChangingStack;
  let before: unknown;
  const snapshot = () => awsSnapshot(stack.workspace.aws);

  beforeAll(async () => {
    stack = await ChangingStack.deploy();
    before = await snapshot();
  });

  afterAll(() => stack.workspace.close());

  test("Terraform asks for the secret, and takes none that would end the template's text", async () => {
    await expect(stack.apply({ change: "a secret header", params: SETTINGS })).rejects.toThrow(
      "No value for required variable",
    );
    for (const bad of [
      "short",
      `${FIRST}'`,
      `${FIRST}$x`,
      `${FIRST}#end`,
      `${FIRST}\\`,
      `${FIRST}"`,
      `${FIRST}\n`,
    ]) {
      const { exitCode, output } = await stack.terraform(
        "plan",
        "-input=false",
        "-var",
        `secret_header_value=${bad}`,
      );
      expect(exitCode).toBe(1);
      expect(output).toContain("secret_header_value: is not a secret that a mapping template can hold");
    }
  });

  test("both reach AWS, and no plan shows the secret", async () => {
    const plan = await stack.apply({ change: "its value", variable: `secret_header_value=${FIRST}` });
    expect(plan).toContain("(sensitive value)");
    expect(plan).not.toContain(FIRST);
    const aws = JSON.stringify(await snapshot());
    expect(aws).toContain(`$secret == '${FIRST}'`);
    expect(aws).toContain("arn:aws:iam::210987654321:root");
    const json = readFileSync(join(stack.workspace.project.stackFolder("auth-stack"), "cdk.tf.json"), "utf8");
    expect(json).not.toContain(FIRST);
    await stack.expectNothingToChange();
  });

  test("another secret deploys the API anew, and the one before can stay right", async () => {
    const previous = await stack.apply({
      change: "the secret before",
      variable: `secret_header_previous_value=${FIRST}`,
    });
    expect(previous).toContain("No changes.");
    const plan = await stack.apply({ change: "another value", variable: `secret_header_value=${SECOND}` });
    expect(plan).toMatch(/aws_api_gateway_deployment[.]\S+ must be replaced/);
    for (const secret of [FIRST, SECOND]) expect(plan).not.toContain(secret);
    const aws = JSON.stringify(await snapshot());
    expect(aws).toContain(`$secret == '${SECOND}' || $secret == '${FIRST}'`);
    await stack.expectNothingToChange();
  });

  test("taken back, AWS is as before", async () => {
    await stack.applyOnly({});
    expect(await snapshot()).toEqual(before);
    await stack.expectNothingToChange();
  });
});
