import { startGateway, type RunningGateway } from "../../../local/server/start-gateway";
import { writeWebhookStack } from "../../support/webhook-stack";

const stack = writeWebhookStack(["github", "meta", "nobody"]);
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await startGateway({ stacks: [stack.folder] });
});

afterAll(async () => {
  await gateway.close();
  stack.remove();
});

test("the endpoints that take a sender's deliveries name it; its handshake's and an unknown sender's do not", () => {
  const named = gateway.stacks[0]?.urls.map(({ method, url, webhook }) => [
    `${method} ${new URL(url).pathname}`,
    webhook?.title,
  ]);
  expect(named).toEqual([
    ["POST /hooks/v1/github", "GitHub"],
    ["POST /hooks/v1/meta", "Meta: Facebook, Instagram, WhatsApp"],
    ["GET /hooks/v1/meta", undefined],
    ["POST /hooks/v1/nobody", undefined],
  ]);
});

test("the URL that its signature covers is the one that the message carries", async () => {
  const endpoint = gateway.stacks[0]?.urls.find(({ webhook }) => webhook?.sender === "github");
  const headers = { "Content-Type": "application/json" };
  await fetch(endpoint?.url ?? "", { method: "POST", headers, body: "{}" });
  const [message] = await gateway.messages();
  expect(message?.attributes).toMatchObject({
    RequestUrl: { StringValue: endpoint?.webhook?.requestUrl },
  });
});
