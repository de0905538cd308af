import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  GetMethodCommand,
  GetResourcesCommand,
  GetRestApisCommand,
  type GetMethodCommandOutput,
} from "@aws-sdk/client-api-gateway";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import { startGateway } from "../../local/server/start-gateway";
import { SENDERS } from "../../webhooks/senders";
import { startAwsRecorder } from "../support/deploy/aws-recorder";
import { awsClients } from "../support/deploy/aws-clients";
import { ChangingStack } from "../support/deploy/changing-stack";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { EMULATED_ACCOUNT_ID, EMULATED_REGION, type EmulatedAws } from "../support/deploy/emulated-aws";
import { describeRoles } from "../support/deploy/role-description";
import { succeeded } from "../support/deploy/succeeded";

const STACK = "no-auth-stack";
const FIRST_TOKEN = "the-first.token/value+0123=";
const SECOND_TOKEN = "the-second.token/value+456=";

const GITHUB = { sender: "github", path: "code", own_queue: true };
const SLACK = { sender: "slack", forward_headers: ["X-Slack-Signature"] };

function list(slack: object) {
  return { webhook: [GITHUB, "meta", "trello", "cloudevents", slack] };
}

describeDeploy("senders of webhooks, on a deployed stack", () => {
  let stack: ChangingStack;

  beforeAll(async () => {
    stack = await ChangingStack.deploy(STACK, {
      params: list({ ...SLACK, registering: true }),
      variable: `webhook_verify_token=${FIRST_TOKEN}`,
    });
  });

  afterAll(() => stack.workspace.close());

  test("each has its methods, integrations and responses on AWS", async () => {
    const sends = ["AWS", "200", "500", "503"];
    expect(await describeMethods(stack.workspace.aws)).toEqual({
      "/cloudevents OPTIONS": ["MOCK", "200"],
      "/cloudevents POST": sends,
      "/code POST": sends,
      "/meta GET": ["MOCK", "200", "403"],
      "/meta POST": sends,
      "/slack ANY": ["MOCK", "200", "503"],
      "/sqs POST": sends,
      "/trello HEAD": ["MOCK", "200"],
      "/trello POST": sends,
    });
    await stack.expectNothingToChange();
  });

  test("the role may send to exactly the queues, and the output says where each sends", async () => {
    const queues = ["open-orders", "open-orders-code"];
    const [role] = await describeRoles(stack.workspace.aws);
    expect(role?.inlinePolicies).toEqual([
      {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: queues.map(queueArn) }],
      },
    ]);
    const { stdout } = await succeeded(stack.terraform("output", "-json"));
    const { webhooks, api_url: apiUrl } = JSON.parse(stdout) as Record<string, { value: unknown }>;
    const url = (apiUrl?.value as string).replace(/\/sqs$/, "");
    const { endpoint } = stack.workspace.aws;
    const sends = (path: string, sender: string, queue = "open-orders") => [
      `/${path}`,
      { sender, url: `${url}/${path}`, queue_url: `${endpoint}/${EMULATED_ACCOUNT_ID}/${queue}` },
    ];
    expect(webhooks?.value).toEqual(
      Object.fromEntries([
        sends("code", "github", "open-orders-code"),
        ...["meta", "trello", "cloudevents", "slack"].map((name) => sends(name, name)),
      ]),
    );
  });

  test("the local gateway answers from the state what it answers from the configuration", async () => {
    const state = join(stack.workspace.project.folder, "state.json");
    writeFileSync(state, (await succeeded(stack.terraform("show", "-json"))).stdout);
    const answers = [];
    for (const source of [stack.workspace.project.stackFolder(STACK), state]) {
      process.env.TF_VAR_webhook_verify_token = FIRST_TOKEN;
      answers.push(await exchange(source));
      delete process.env.TF_VAR_webhook_verify_token;
    }
    const [byConfiguration, byState] = answers;
    expect(byState).toEqual(byConfiguration);
    expect(byState).toMatchObject({
      handshakes: [
        [200, "text/plain", "1158201444"],
        [403, "application/json", expect.stringContaining("HANDSHAKE_REFUSED")],
      ],
      registration: [200, "text/plain", "3eZbrw1aB"],
      delivery: 200,
      messages: [{ body: '{"zen":"ok"}', names: ["RequestId", "X-GitHub-Event"] }],
    });
  });

  test("registered, Slack's POST sends to SQS after one apply, and what answered the handshake goes after it", async () => {
    const { changes } = await recorded(() => stack.apply({ params: list(SLACK) }));
    const deployed = changes.findIndex((call) => call.startsWith("POST /deployments"));
    expect(changesOfSlack(changes.slice(0, deployed))).toEqual([
      "PUT POST",
      "PUT POST/integration",
      ...["200", "500", "503"].map((status) => `PUT POST/responses/${status}`),
      ...["200", "500", "503"].map((status) => `PUT POST/integration/responses/${status}`),
    ]);
    const after = changes.slice(deployed + 1);
    expect(after.slice(0, 2)).toEqual([
      "PATCH /stages/prod",
      expect.stringMatching(/^DELETE [/]deployments[/]/),
    ]);
    expect(changesOfSlack(after)).toContain("DELETE ANY");
    expect(await methodsOfSlack()).toEqual({ "/slack POST": ["AWS", "200", "500", "503"] });
    await stack.expectNothingToChange();
  });

  test("another verify token, and another template, deploy the API anew; no response is touched", async () => {
    const plan = await stack.apply({
      params: list({ sender: "slack" }),
      variable: `webhook_verify_token=${SECOND_TOKEN}`,
    });
    expect(plan).toContain("(sensitive value)");
    for (const token of [FIRST_TOKEN, SECOND_TOKEN]) expect(plan).not.toContain(token);
    expect(readFileSync(join(stack.workspace.project.stackFolder(STACK), "cdk.tf.json"), "utf8")).not.toMatch(
      /the-(first|second)[.]token/,
    );
    expect(changesOf(plan)).toEqual({
      "aws_api_gateway_deployment replaced": 1,
      "aws_api_gateway_integration updated in-place": 2,
      "aws_api_gateway_stage updated in-place": 1,
      "terraform_data replaced": 1,
    });
    await stack.expectNothingToChange();
  });

  test("to be registered again takes a second deployment, since the first still has POST", async () => {
    await stack.apply({ params: list({ ...SLACK, registering: true }) });
    expect(await methodsOfSlack()).toEqual({ "/slack ANY": ["MOCK", "200", "503"] });
    await stack.expectNothingToChange();
    const { changes } = await recorded(() => stack.redeploy());
    expect(changes).toEqual([
      "POST /deployments",
      "PATCH /stages/prod",
      expect.stringMatching(/^DELETE [/]deployments[/]/),
    ]);
  });

  test("with prevent_destroy, Terraform refuses to destroy the last own queue, whose entry is dropped", async () => {
    await stack.apply({ params: { prevent_destroy: true } });
    await expect(stack.apply({ params: { webhook: ["meta"] } })).rejects.toThrow(
      /Instance cannot be destroyed/,
    );
    expect(await queues()).toContain("open-orders-code");
  });

  test("taken back, a sender leaves nothing on the API, after the deployment; its queue goes with it, and /sqs stays as it is", async () => {
    const { changes } = await recorded(() => stack.applyOnly({ webhook: [GITHUB] }));
    // So the new deployment still has what is deleted after it: the stage serves that until it is deployed once more.
    expect(changes.slice(0, 3)).toEqual([
      "POST /deployments",
      "PATCH /stages/prod",
      expect.stringMatching(/^DELETE [/]deployments[/]/),
    ]);
    expect(changes.slice(3).every((call) => call.startsWith("DELETE /resources/"))).toBe(true);
    expect(await queues()).toContain("open-orders-code");

    const single = await stack.applyOnly({ webhook: "github" });
    expect(single).toMatch(/aws_sqs_queue[.]WebhookCodeQueue_\w+ will be destroyed/);
    expect(single).not.toMatch(/aws_sqs_queue[.]Queue_\w+ will be/);
    await stack.expectNothingToChange();
    expect(Object.keys(await describeMethods(stack.workspace.aws))).toEqual(["/sqs POST"]);
    expect(await queues()).toEqual(["open-orders", "open-orders-dlq"]);
  });

  test("every sender that is known makes a configuration that Terraform accepts", async () => {
    stack.workspace.project.configure({
      params: { aws_region_name: EMULATED_REGION, storage_sqs_queue_name: "orders" },
      "no-auth-stack": { storage_sqs_queue_name: "open-orders", webhook: Object.keys(SENDERS) },
      backend: { local: {} },
    });
    await stack.workspace.synth();
    const { stdout } = await stack.terraform("validate", "-json");
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, diagnostics: [] });
  });

  async function methodsOfSlack() {
    const methods = Object.entries(await describeMethods(stack.workspace.aws));
    return Object.fromEntries(methods.filter(([name]) => name.startsWith("/slack ")));
  }

  async function queues(): Promise<string[]> {
    const { QueueUrls = [] } = await awsClients(stack.workspace.aws).sqs.send(new ListQueuesCommand({}));
    return QueueUrls.map((url) => url.split("/").at(-1) ?? "").sort();
  }

  /** Applies on an AWS that remembers what changed the API, in order. */
  async function recorded(apply: () => Promise<string>) {
    const { environment, aws } = stack.workspace;
    const recorder = await startAwsRecorder(aws.endpoint);
    environment.AWS_ENDPOINT_URL = recorder.url;
    const plan = await apply();
    environment.AWS_ENDPOINT_URL = aws.endpoint;
    recorder.close();
    const changes = recorder
      .takeCalls()
      .filter(({ action }) => /^apigateway:(PUT|POST|PATCH|DELETE)$/.test(action))
      .map(
        ({ action, resource }) =>
          `${action.slice("apigateway:".length)} ${resource.replace(/^.*\/restapis\/[^/]+/, "")}`,
      );
    return { plan, changes };
  }
});

function queueArn(name: string): string {
  return `arn:aws:sqs:${EMULATED_REGION}:${EMULATED_ACCOUNT_ID}:${name}`;
}

/** What changed methods, without the ids and without the order of what comes in any. */
function changesOfSlack(changes: readonly string[]): string[] {
  return changes
    .filter((call) => call.includes("/methods/"))
    .map((call) => call.replace(/\/resources\/\w+\/methods\//, ""))
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

/** How many resources of a type a plan changes, and how. */
function changesOf(plan: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [, type = "", how = ""] of plan.matchAll(/# (\w+)[.]\S+ (?:will be|must be) (.+)/g)) {
    counts[`${type} ${how}`] = (counts[`${type} ${how}`] ?? 0) + 1;
  }
  return counts;
}

/** Each method of the only API: the integration's type, and the statuses that it has responses for. */
async function describeMethods(aws: EmulatedAws): Promise<Record<string, string[]>> {
  const { apiGateway } = awsClients(aws);
  const { items: [{ id: restApiId } = {}] = [] } = await apiGateway.send(new GetRestApisCommand({}));
  const { items = [] } = await apiGateway.send(new GetResourcesCommand({ restApiId }));
  const methods = items.flatMap(({ id: resourceId, path = "", resourceMethods = {} }) =>
    Object.keys(resourceMethods).map(async (httpMethod) => {
      const method = await apiGateway.send(new GetMethodCommand({ restApiId, resourceId, httpMethod }));
      return [`${path} ${httpMethod}`, typeAndStatuses(method)] as const;
    }),
  );
  return Object.fromEntries((await Promise.all(methods)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function typeAndStatuses({ methodIntegration, methodResponses = {} }: GetMethodCommandOutput): string[] {
  const { type = "none", integrationResponses = {} } = methodIntegration ?? {};
  const statuses = Object.keys(integrationResponses).sort();
  expect(Object.keys(methodResponses).sort()).toEqual(statuses);
  return [type, ...statuses];
}

/** What the gateway that serves `source` answers to handshakes and to a delivery, and the message that came of it. */
async function exchange(source: string) {
  const gateway = await startGateway({ stacks: [source] });
  const url = gateway.stacks[0]?.url.replace(/\/sqs$/, "") ?? "";
  const handshake = (token: string) =>
    `${url}/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${encodeURIComponent(token)}`;
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body,
    });
  try {
    const handshakes = [await answered(fetch(handshake(FIRST_TOKEN))), await answered(fetch(handshake("x")))];
    const registration = await answered(
      post("slack", '{"type":"url_verification","challenge":"3eZbrw1aB","token":"t"}'),
    );
    const { status } = await post("code", '{"zen":"ok"}', { "X-GitHub-Event": "ping" });
    const messages = (await gateway.messages("open-orders-code")).map(({ body, attributes }) => ({
      body,
      names: Object.keys(attributes).sort(),
    }));
    return { handshakes, registration, delivery: status, messages };
  } finally {
    await gateway.close();
  }
}

async function answered(response: Promise<Response>): Promise<[number, string | null, string]> {
  const answer = await response;
  const body = (await answer.text()).replace(/"requestId":"[^"]+"/, "");
  return [answer.status, answer.headers.get("Content-Type"), body];
}
