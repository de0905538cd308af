import { readFileSync } from "node:fs";
import { encodedJson, synthesizedNoAuthStack } from "../support/synthesized";

const stack = synthesizedNoAuthStack();
const QUEUE = `aws_sqs_queue.${stack.only("aws_sqs_queue", /^Queue_[0-9A-F]+$/).name_in_terraform}`;
const ROLE = `aws_iam_role.${stack.only("aws_iam_role").name_in_terraform}`;

test("the method is open", () => {
  expect(stack.only("aws_api_gateway_method")).toMatchObject({ http_method: "POST", authorization: "NONE" });
});

test("the queue is encrypted with SQS's AWS-managed key", () => {
  expect(stack.only("aws_sqs_queue", /^Queue_[0-9A-F]+$/)).toMatchObject({
    name: "${var.storage_sqs_queue_name}",
    kms_master_key_id: "alias/aws/sqs",
  });
});

test("only API Gateway may assume the role", () => {
  expect(encodedJson(stack.only("aws_iam_role").assume_role_policy)).toEqual({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "apigateway.amazonaws.com" } },
    ],
  });
});

test("the role may do exactly sqs:SendMessage on exactly this queue", () => {
  const { role, policy } = stack.only("aws_iam_role_policy");
  expect(role).toBe(`\${${ROLE}.id}`);
  expect(encodedJson(policy)).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: `\${${QUEUE}.arn}` }],
  });
});

test("the API is regional and serves POST /sqs on the stage prod", () => {
  expect(stack.only("aws_api_gateway_rest_api").endpoint_configuration).toEqual({ types: ["REGIONAL"] });
  expect(stack.only("aws_api_gateway_resource").path_part).toBe("sqs");
  expect(stack.only("aws_api_gateway_stage").stage_name).toBe("prod");
});

test("the integration sends the URL-encoded body to the queue with the role's rights, and refuses what it has no template for", () => {
  expect(stack.only("aws_api_gateway_integration")).toMatchObject({
    type: "AWS",
    integration_http_method: "POST",
    uri: expect.stringMatching(
      /^arn:\$\{data\.aws_partition\..*\.partition\}:apigateway:\$\{var\.aws_region_name\}:sqs:path\/\$\{data\.aws_caller_identity\..*\.account_id\}\/\$\{aws_sqs_queue\..*\.name\}$/,
    ) as string,
    credentials: `\${${ROLE}.arn}`,
    passthrough_behavior: "NEVER",
    request_parameters: { "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'" },
    request_templates: {
      "application/json": expect.stringMatching(
        /^Action=SendMessage&MessageBody=\$util\.urlEncode\(\$input\.body\)#set/,
      ) as string,
    },
  });
});

test("only a 2xx of SQS is a success; the default response is an error", () => {
  const responses = Object.values(stack.resources("aws_api_gateway_integration_response"));
  const codes = Object.values(stack.resources("aws_api_gateway_method_response"));
  const byPattern = new Map(responses.map((response) => [response.selection_pattern, response]));
  expect([...byPattern.keys()].sort()).toEqual(["2\\d{2}", "5\\d{2}", undefined]);
  expect(String(byPattern.get("2\\d{2}")?.status_code)).toContain("Success_MethodResponse");
  expect(String(byPattern.get(undefined)?.status_code)).toContain("Failure_MethodResponse");
  expect(codes.map((code) => code.status_code).sort()).toEqual(["200", "500", "503"]);
});

test("every documented output is there", () => {
  expect(Object.keys(stack.json.output ?? {}).sort()).toEqual([
    "api_url",
    "curl_example",
    "queue_arn",
    "queue_url",
    "rest_api_id",
    "stage_name",
  ]);
});

test("a setting that is absent leaves a variable without default", () => {
  const { variable } = synthesizedNoAuthStack({ storageSqsQueueName: undefined }).json;
  expect(variable?.storage_sqs_queue_name).not.toHaveProperty("default");
});

test("the AWS provider is a range, the state backend the one of the settings", () => {
  expect(stack.json.terraform).toMatchObject({
    required_version: ">= 1.5.0",
    required_providers: { aws: { version: ">= 5.100.0, < 7.0.0" } },
    backend: { local: { path: "no-auth-stack.tfstate" } },
  });
});

test("native S3 locking asks for a Terraform that has it", () => {
  const backend = { type: "s3", arguments: { key: "{stack}", use_lockfile: true } };
  expect(synthesizedNoAuthStack({ backend }).json.terraform).toMatchObject({
    required_version: ">= 1.10.0",
    backend: { s3: { key: "no-auth-stack", use_lockfile: true } },
  });
});

test("the backend oci asks for a Terraform that has it", () => {
  const backend = { type: "oci", arguments: { bucket: "states", namespace: "me", key: "{stack}" } };
  expect(synthesizedNoAuthStack({ backend }).json.terraform).toMatchObject({
    required_version: ">= 1.12.0",
    backend: { oci: { bucket: "states", namespace: "me", key: "no-auth-stack" } },
  });
});

test("HCP Terraform has a block of its own", () => {
  const backend = { type: "cloud", arguments: { organization: "me", workspaces: { name: "{stack}" } } };
  expect(synthesizedNoAuthStack({ backend }).json.terraform).toMatchObject({
    cloud: { organization: "me", workspaces: { name: "no-auth-stack" } },
  });
  expect(synthesizedNoAuthStack({ backend }).json.terraform).not.toHaveProperty("backend");
});

test("the queue is guarded where the setting says so, and not by default", () => {
  expect(
    synthesizedNoAuthStack({ preventDestroy: true }).only("aws_sqs_queue", /^Queue_[0-9A-F]+$/).lifecycle,
  ).toEqual({
    prevent_destroy: true,
  });
  expect(stack.only("aws_sqs_queue", /^Queue_[0-9A-F]+$/)).not.toHaveProperty("lifecycle");
});

test.each([
  ["dead_letter_queue false", { deadLetterQueue: false }, [1, 0]],
  ["an existing queue", { existingQueueArn: "arn:aws:sqs:eu-central-1:123456789012:theirs" }, [0, 0]],
])("with %s the guard stays where the guarded queue was", (_setting, props, counts) => {
  const queues = Object.entries(
    synthesizedNoAuthStack({ preventDestroy: true, ...props }).resources("aws_sqs_queue"),
  );
  expect(queues.map(([name]) => name)).toEqual(Object.keys(stack.resources("aws_sqs_queue")));
  expect(queues.map(([, { count = 1 }]) => count)).toEqual(counts);
  for (const [, { lifecycle }] of queues) expect(lifecycle).toEqual({ prevent_destroy: true });
  const unguarded = synthesizedNoAuthStack(props).resources("aws_sqs_queue");
  expect(Object.keys(unguarded)).toHaveLength(counts.filter((count) => count > 0).length);
});

test("the provider goes by the Region that the state remembers, and a plan for another one is refused", () => {
  const { name_in_terraform: name, ...region } = stack.only("terraform_data");
  expect(stack.json.provider?.aws).toEqual([
    expect.objectContaining({ region: `\${terraform_data.${name}.input}` }),
  ]);
  expect(region).toMatchObject({
    input: "${var.aws_region_name}",
    lifecycle: {
      ignore_changes: ["input"],
      postcondition: [{ condition: "${self.input == var.aws_region_name}" }],
    },
  });
});

test("the page on adoption names the stack's queues", () => {
  const page = readFileSync("docs/adoption.md", "utf8");
  const queues = Object.keys(stack.resources("aws_sqs_queue"));
  expect(queues).toHaveLength(2);
  for (const name of queues) expect(page).toContain(`aws_sqs_queue.${name}`);
});
