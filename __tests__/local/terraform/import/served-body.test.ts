import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { stringify } from "yaml";
import { type RunningGateway, startGateway } from "../../../../local/server/start-gateway";
import { SEND_TO_QUEUE, bodyStack } from "../../../support/body-stack";

const POST = {
  responses: { "200": { description: "sent" }, "500": { description: "not sent" } },
  "x-amazon-apigateway-integration": SEND_TO_QUEUE,
};
const INFO = { info: { title: "orders", version: "1" }, paths: { "/sqs": { post: POST } } };
const SWAGGER = { swagger: "2.0", ...INFO };
const OPENAPI = { openapi: "3.0.1", ...INFO };

const BODIES: Readonly<Record<string, string>> = {
  "swagger-json": JSON.stringify(SWAGGER),
  "swagger-yaml": stringify(SWAGGER),
  "openapi-json": JSON.stringify(OPENAPI),
  "openapi-yaml": stringify(OPENAPI),
};

const folder = mkdtempSync(path.join(tmpdir(), "bodies-"));
let gateway: RunningGateway;

/** Each stack has a queue of its own. */
function write(name: string): string {
  const own = path.join(folder, name);
  mkdirSync(own);
  const document = JSON.stringify(bodyStack(BODIES[name] ?? ""));
  writeFileSync(
    path.join(own, "main.tf.json"),
    document.replaceAll('"orders"', `"${name}"`).replaceAll("/orders", `/${name}`),
  );
  return own;
}

beforeAll(async () => {
  gateway = await startGateway({ stacks: Object.keys(BODIES).map(write) });
});

afterAll(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true });
});

test.each(Object.keys(BODIES))("a message arrives through a POST that %s declares", async (name) => {
  const stack = gateway.stacks.find((one) => one.stack === name);
  const text = `{"from":"${name} & co"}`;
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(stack?.url ?? "", { method: "POST", headers, body: text });
  expect([answer.status, await answer.json()]).toEqual([200, { sent: true }]);
  const client = new SQSClient({
    endpoint: gateway.sqsEndpoint,
    region: "eu-central-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: stack?.queueUrl }));
  client.destroy();
  expect(Messages.map(({ Body }) => Body)).toEqual([text]);
});
