import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { PurgeQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type RunningGateway, startGateway } from "../../local/server/start-gateway";

let gateway: RunningGateway;
let sqs: SQSClient;

beforeAll(async () => {
  // The stacks as this folder's cdktf.json wants them: what is tested here is what deploys.
  execFileSync("node", ["../../bin/synth.js"], { cwd: __dirname });
  gateway = await startGateway({ stacks: [join(__dirname, "cdktf.out/stacks/no-auth-stack")] });
  sqs = new SQSClient({
    endpoint: gateway.sqsEndpoint,
    region: "eu-central-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
}, 30_000);

afterAll(async () => {
  sqs.destroy();
  await gateway.close();
});

afterEach(async () => {
  await sqs.send(new PurgeQueueCommand({ QueueUrl: gateway.stacks[0]?.queueUrl }));
});

test("an order reaches the queue as it was sent", async () => {
  const response = await post('{"order":  1, "note": "tea & cake"}', "application/json");
  expect(response.status).toBe(200);
  expect(await queued()).toEqual(['{"order":  1, "note": "tea & cake"}']);
});

test("what is no JSON is refused and leaves nothing in the queue", async () => {
  const response = await post("order 1", "text/plain");
  expect(response.status).toBe(415);
  expect(await queued()).toEqual([]);
});

function post(body: string, type: string): Promise<Response> {
  const url = gateway.stacks[0]?.url ?? "";
  return fetch(url, { method: "POST", headers: { "Content-Type": type }, body });
}

async function queued(): Promise<(string | undefined)[]> {
  const command = new ReceiveMessageCommand({ QueueUrl: gateway.stacks[0]?.queueUrl });
  const { Messages = [] } = await sqs.send(command);
  return Messages.map(({ Body }) => Body);
}
