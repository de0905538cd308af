import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describeWith } from "../support/deploy/describe-deploy";
import { ProjectCopy } from "../support/deploy/project-copy";
import { providerEnvironment } from "../support/deploy/provider-mirror";
import { type CommandResult, runCommand } from "../support/deploy/run-command";
import { succeeded } from "../support/deploy/succeeded";
import { readSuiteEnvironment } from "../support/deploy/suite-environment";

type Attributes = Record<string, unknown>;

interface Document {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly variable: Readonly<Record<string, Attributes>>;
}

interface TestFile {
  readonly run: Readonly<
    Record<string, { assert?: readonly { error_message: string }[]; expect_failures?: readonly string[] }>
  >;
}

const EXAMPLE = resolve(__dirname, "../../examples/terraform-test");
const EVERYBODY = { Effect: "Allow", Principal: "*", Action: "sqs:*", Resource: "*" };

/** Of each resource, what makes an assertion fail. */
const SPOILT: Readonly<Record<string, Attributes>> = {
  "aws_sqs_queue.Queue_172EC9BB": { kms_master_key_id: null, policy: policy(EVERYBODY) },
  "aws_sqs_queue.Queue_DeadLetterQueue_6A2D7F83": {
    kms_master_key_id: null,
    message_retention_seconds: 60,
    redrive_allow_policy: JSON.stringify({ sourceQueueArns: ["arn:aws:sqs:us-east-1:123456789012:other"] }),
  },
  "aws_sqs_queue_redrive_policy.Queue_RedrivePolicy_4F42989F": {
    redrive_policy: '${jsonencode({ "deadLetterTargetArn" = aws_sqs_queue.Queue_172EC9BB.arn })}',
  },
  "aws_iam_role_policy.QueueLeveling_IntegrationRole_SendMessagePolicy_9A48B06C": {
    policy:
      '${jsonencode({ "Statement" = [{ "Effect" = "Allow", "Action" = "sqs:*", "Resource" = aws_sqs_queue.Queue_172EC9BB.arn }] })}',
  },
  "aws_iam_role.QueueLeveling_IntegrationRole_6941A061": {
    assume_role_policy: policy({ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }),
  },
  "aws_api_gateway_integration.QueueLeveling_Post_Integration_8ADFB18C": {
    passthrough_behavior: "WHEN_NO_MATCH",
    request_templates: { "application/json": "Action=$input.params('action')&MessageBody=b" },
    uri: "arn:aws:apigateway:us-east-1:sqs:path/123456789012/other",
    credentials: "arn:aws:iam::123456789012:role/other",
  },
  "aws_api_gateway_integration_response.QueueLeveling_Post_Success_IntegrationResponse_D1375497": {
    selection_pattern: ".*",
  },
  "aws_api_gateway_method.QueueLeveling_Post_Method_2B7F6688": { authorization: "AWS_IAM" },
  "aws_api_gateway_authorizer.Authorizer_5DCD7388": { type: "REQUEST", lifecycle: {} },
  "aws_lambda_permission.Authorizer_Permission_C1D281BB": {
    source_arn: "${aws_api_gateway_rest_api.QueueLeveling_RestApi_0ED85094.execution_arn}/*",
  },
  "terraform_data.DeployedRegion_62E453EB": { lifecycle: {} },
};

function policy(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

function spoil(file: string): void {
  const document = JSON.parse(readFileSync(file, "utf8")) as Document;
  for (const [address, attributes] of Object.entries(SPOILT)) {
    const [type = "", name = ""] = address.split(".");
    Object.assign(document.resource[type]?.[name] ?? {}, attributes);
  }
  for (const variable of Object.values(document.variable)) delete variable.validation;
  writeFileSync(file, JSON.stringify(document));
}

/** The runs of both files, with how many failures each reports when nothing holds. */
function failuresOf(stack: string): Record<string, number> {
  const files = ["both-stacks", stack].map(
    (name) => JSON.parse(readFileSync(join(EXAMPLE, `${name}.tftest.json`), "utf8")) as TestFile,
  );
  const runs = files.flatMap(({ run }) => Object.entries(run));
  return Object.fromEntries(
    runs.map(([name, { assert = [], expect_failures = [] }]) => [
      name,
      assert.length + expect_failures.length,
    ]),
  );
}

interface TestEvent {
  readonly type: string;
  readonly "@testrun"?: string;
  readonly diagnostic?: { readonly severity: string; readonly summary: string };
}

function reported({ stdout }: CommandResult): Record<string, number> {
  const failures: Record<string, number> = {};
  for (const line of stdout.trim().split("\n")) {
    const { type, "@testrun": run = "", diagnostic } = JSON.parse(line) as TestEvent;
    if (type !== "diagnostic" || diagnostic?.severity !== "error") continue;
    expect(["Test assertion failed", "Missing expected failure"]).toContain(diagnostic.summary);
    failures[run] = (failures[run] ?? 0) + 1;
  }
  return failures;
}

describeWith(["terraform"], "terraform test, with the files of examples/terraform-test", () => {
  describe.each(["auth-stack", "no-auth-stack"])("%s", (stack) => {
    const project = new ProjectCopy();
    const env = {
      ...process.env,
      ...providerEnvironment(readSuiteEnvironment().folder),
      CHECKPOINT_DISABLE: "1",
    };

    beforeAll(() => {
      cpSync(EXAMPLE, join(project.folder, "examples/terraform-test"), { recursive: true });
    });
    afterAll(() => {
      project.remove();
    });

    test("passes as the README tells to run it", async () => {
      const readme = readFileSync(join(EXAMPLE, "README.md"), "utf8");
      const [, commands = ""] = /```sh\n(stack=[^]*?)```/.exec(readme) ?? [];
      const script = commands.replace("stack=auth-stack", `stack=${stack}`);
      const { output } = await succeeded(
        runCommand("sh", ["-ec", script], { cwd: project.folder, env: { ...env, TF_CLI_ARGS: "-no-color" } }),
      );
      expect(output).toContain(`Success! ${Object.keys(failuresOf(stack)).length} passed, 0 failed.`);
    });

    test("fails at each of its assertions when the stack holds none of them", async () => {
      spoil(join(project.stackFolder(stack), "cdk.tf.json"));
      const result = await runCommand("terraform", ["test", "-json"], {
        cwd: project.stackFolder(stack),
        env,
      });
      expect(reported(result)).toEqual(failuresOf(stack));
      expect(result.exitCode).toBe(1);
    });
  });
});
