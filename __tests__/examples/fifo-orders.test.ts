import { DeleteMessageCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { context } from "../../examples/fifo-orders/cdktf.json";
import { type RunningGateway, startGateway } from "../../local/server/start-gateway";
import { SynthesizedProject } from "../support/synthesized-project";

let project: SynthesizedProject;
let gateway: RunningGateway;
let sqs: SQSClient;

beforeAll(async () => {
  project = new SynthesizedProject(context);
  gateway = await startGateway({ stacks: [project.stack("no-auth-stack")] });
  sqs = new SQSClient({
    endpoint: gateway.sqsEndpoint,
    region: "eu-central-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
});

afterAll(async () => {
  await gateway.close();
  project.remove();
});

test("an order that is sent again is stored once, and a customer's orders stay in order", async () => {
  for (const order of ["1", "2", "2", "3", "1"]) {
    const response = await post("ann", `ann-${order}`, order);
    expect(response.status).toBe(200);
  }
  expect(await drained()).toEqual([
    ["ann", "1"],
    ["ann", "2"],
    ["ann", "3"],
  ]);
});

test("while one customer's order is being worked on, only other customers' orders come", async () => {
  await post("bob", "bob-1", "1");
  await post("bob", "bob-2", "2");
  await post("cid", "cid-1", "1");
  const [first] = await receive();
  const [second] = await receive();
  const [third] = await receive();
  expect([first, second, third].map(groupAndBody)).toEqual([["bob", "1"], ["cid", "1"], undefined]);
  await remove(first);
  const [next] = await receive();
  expect(groupAndBody(next)).toEqual(["bob", "2"]);
});

test.each([["X-Customer"], ["Idempotency-Key"]])("an order without %s is refused", async (name) => {
  const headers = new Headers({
    "Content-Type": "application/json",
    "X-Customer": "dee",
    "Idempotency-Key": "dee-1",
  });
  headers.delete(name);
  const response = await fetch(url(), { method: "POST", headers, body: "1" });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain(name);
});

function url(): string {
  return gateway.stacks[0]?.url ?? "";
}

function post(customer: string, key: string, order: string): Promise<Response> {
  const headers = { "Content-Type": "application/json", "X-Customer": customer, "Idempotency-Key": key };
  return fetch(url(), { method: "POST", headers, body: order });
}

async function receive(): Promise<Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: gateway.stacks[0]?.queueUrl,
    MessageSystemAttributeNames: ["MessageGroupId"],
  });
  const { Messages = [] } = await sqs.send(command);
  return Messages;
}

async function remove(message: Message | undefined): Promise<void> {
  const { queueUrl } = gateway.stacks[0] ?? {};
  await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: message?.ReceiptHandle }));
}

async function drained(): Promise<unknown[]> {
  const orders: unknown[] = [];
  for (let [message] = await receive(); message !== undefined; [message] = await receive()) {
    orders.push(groupAndBody(message));
    await remove(message);
  }
  return orders;
}

function groupAndBody(message: Message | undefined): unknown {
  return message && [message.Attributes?.MessageGroupId, message.Body];
}
