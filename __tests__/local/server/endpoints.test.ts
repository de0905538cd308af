import { endpointsOf, stageUrl } from "../../../local/server/endpoints";
import { startGateway, type RunningGateway } from "../../../local/server/start-gateway";
import type { Method, RestApi, Stage } from "../../../local/terraform/stack-model";
import { writeWebhookStack } from "../../support/webhook-stack";

const stack = writeWebhookStack(["square", "meta"]);
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await startGateway({ stacks: [stack.folder] });
});

afterAll(async () => {
  await gateway.close();
  stack.remove();
});

test("the endpoints that take a sender's deliveries name it; its handshake's do not", () => {
  const named = gateway.stacks[0]?.urls.map(({ method, url, webhook }) => [
    `${method} ${new URL(url).pathname}`,
    webhook?.title,
  ]);
  expect(named?.sort()).toEqual([
    ["GET /hooks/v1/meta", undefined],
    ["POST /hooks/v1/meta", "Meta: Facebook, Instagram, WhatsApp"],
    ["POST /hooks/v1/sqs", undefined],
    ["POST /hooks/v1/square", "Square"],
  ]);
});

test("a sender that the setting does not have is none", () => {
  const method = {
    requestParameters: {},
    integration: { uri: "", requestParameters: {} },
  } as unknown as Method;
  const stages = [{ name: "v1" }] as unknown as Stage[];
  const resources = ["nobody", "__proto__", "constructor"].map((sender) => ({
    address: "",
    id: "",
    path: "/",
    sender,
    methods: { POST: method },
  }));
  const api = { id: "a", region: "us-east-1", stages, resources, usagePlans: [] } as unknown as RestApi;
  expect(endpointsOf(api, () => "").map(({ webhook }) => webhook)).toEqual([undefined, undefined, undefined]);
});

test("where only a custom domain is open, its URL is below that", () => {
  const method = {
    requestParameters: {},
    integration: { uri: "", requestParameters: {} },
  } as unknown as Method;
  const stages = [{ name: "v1" }] as unknown as Stage[];
  const resources = [{ address: "", id: "", path: "/hook", sender: "square", methods: { POST: method } }];
  const domains = [{ domainName: "hooks.example.com", basePath: "in", stage: "v1" }];
  const api = {
    id: "a",
    region: "us-east-1",
    isEndpointDisabled: true,
    stages,
    resources,
    domains,
    usagePlans: [],
  } as unknown as RestApi;
  const [endpoint] = endpointsOf(api, stageUrl(api, "http://localhost:3000", "stack"));
  expect(endpoint?.url).toBe("http://localhost:3000/hooks.example.com/in/hook");
  expect(endpoint?.webhook?.requestUrl).toBe("https://hooks.example.com/in/hook");
});

test("the URL that its signature covers is the one that the message carries", async () => {
  const endpoint = gateway.stacks[0]?.urls.find(({ webhook }) => webhook?.sender === "square");
  const headers = { "Content-Type": "application/json" };
  await fetch(endpoint?.url ?? "", { method: "POST", headers, body: "{}" });
  const [message] = await gateway.messages("hooks");
  expect(message?.attributes).toMatchObject({
    RequestUrl: { StringValue: endpoint?.webhook?.requestUrl },
  });
});
