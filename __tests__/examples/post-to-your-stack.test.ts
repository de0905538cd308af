import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type RunningGateway, startGateway } from "../../local/server/start-gateway";
import { SynthesizedProject } from "../support/synthesized-project";

let project: SynthesizedProject;
let gateway: RunningGateway;

beforeAll(async () => {
  project = new SynthesizedProject({
    params: { aws_region_name: "eu-central-1" },
    "no-auth-stack": { storage_sqs_queue_name: "orders" },
  });
  gateway = await startGateway({ stacks: [project.stack("no-auth-stack")] });
});

afterAll(async () => {
  await gateway.close();
  project.remove();
});

test("an order reaches the queue", async () => {
  const [stack] = gateway.stacks;
  const response = await fetch(stack?.url ?? "", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: '{"order": 1}',
  });
  expect(response.status).toBe(200);

  const sqs = new SQSClient({
    endpoint: gateway.sqsEndpoint,
    region: "eu-central-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: stack?.queueUrl }));
  expect(Messages?.map(({ Body }) => Body)).toEqual(['{"order": 1}']);
});
