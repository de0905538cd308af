import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { context } from "../../examples/own-authorizer/cdktf.json";
import { type RunningGateway, startGateway } from "../../local/server/start-gateway";
import { SynthesizedProject } from "../support/synthesized-project";

let project: SynthesizedProject;
let gateway: RunningGateway;

beforeAll(async () => {
  process.env.TENANT_TOKENS = "acme=first-secret globex=second=secret";
  project = new SynthesizedProject(context);
  gateway = await startGateway({
    stacks: [project.stack("auth-stack")],
    authorizer: require.resolve("../../examples/own-authorizer/authorizer.js"),
  });
});

afterAll(async () => {
  delete process.env.TENANT_TOKENS;
  await gateway.close();
  project.remove();
});

test.each([
  ["first-secret", "acme"],
  ["second=secret", "globex"],
])("the message of the holder of %s says that it is from %s", async (token, tenant) => {
  const response = await post(token);
  expect(response.status).toBe(200);
  expect(await tenantsInQueue()).toEqual([tenant]);
});

test.each([
  ["no token", undefined, 401],
  ["another token", "third-secret", 403],
  ["a tenant's name", "acme", 403],
])("%s lets nobody in", async (_title, token, status) => {
  const response = await post(token);
  expect(response.status).toBe(status);
  expect(await tenantsInQueue()).toEqual([]);
});

function post(token: string | undefined): Promise<Response> {
  const headers = {
    "Content-Type": "application/json",
    ...(token !== undefined && { Authorization: token }),
  };
  return fetch(gateway.stacks[0]?.url ?? "", { method: "POST", headers, body: '{"order": 1}' });
}

async function tenantsInQueue(): Promise<(string | undefined)[]> {
  const sqs = new SQSClient({
    endpoint: gateway.sqsEndpoint,
    region: "eu-central-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const command = new ReceiveMessageCommand({
    QueueUrl: gateway.stacks[0]?.queueUrl,
    MessageAttributeNames: ["tenant"],
  });
  const { Messages = [] } = await sqs.send(command);
  return Messages.map(({ MessageAttributes }) => MessageAttributes?.tenant?.StringValue);
}
