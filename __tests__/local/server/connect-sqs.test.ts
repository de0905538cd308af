import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { type SqsEmulator, startSqsEmulator } from "../../../local/sqs/sqs-emulator";
import { sampleAuthorizer } from "../../../local/server/sample-authorizer";
import { type GatewayOptions, startGateway } from "../../../local/server/start-gateway";
import { writeShopStack } from "../../support/shop-stack";

const shop = writeShopStack();
let sqs: SqsEmulator;

beforeAll(async () => {
  sqs = await startSqsEmulator({ queues: [{ name: "orders", attributes: {} }] });
});

afterAll(async () => {
  await sqs.stop();
  shop.remove();
});

const start = (options: Partial<GatewayOptions>) =>
  startGateway({ stacks: [shop.folder], authorizer: sampleAuthorizer, ...options });

async function refusal(options: Partial<GatewayOptions>): Promise<string> {
  try {
    await (await start(options)).close();
    return "nothing";
  } catch (error) {
    return (error as Error).message;
  }
}

async function listen(server: http.Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function end(server: http.Server): void {
  server.close();
  server.closeAllConnections();
}

describe("sqsEndpoint", () => {
  test("where nothing listens is refused at start", async () => {
    const server = http.createServer();
    const address = await listen(server);
    end(server);
    expect(await refusal({ sqsEndpoint: `http://${address}` })).toBe(
      `sqsEndpoint: nothing answers (connect ECONNREFUSED ${address}), got http://${address}; SQS, or an emulator that speaks its AWS JSON protocol, is allowed. Start it, or correct the address, http or https; leave sqsEndpoint out to use the emulator.`,
    );
  });

  test("whose name leads nowhere is refused at start", async () => {
    expect(await refusal({ sqsEndpoint: "http://sqs.invalid" })).toMatch(
      /^sqsEndpoint: nothing answers \(.*sqs\.invalid\), got http:\/\/sqs\.invalid; /,
    );
  });

  test.each<[string, number, string]>([
    ["a web site", 200, "<!doctype html>"],
    ["a web site that knows no such page", 404, "<!doctype html>"],
    ["a JSON API", 200, '{"hello": "world"}'],
    [
      "another service in the AWS JSON protocol",
      400,
      '{"__type":"com.amazon.coral.service#UnknownOperationException"}',
    ],
    [
      "an SQS of the Query protocol",
      400,
      "<ErrorResponse><Error><Code>InvalidAction</Code></Error></ErrorResponse>",
    ],
  ])("that is %s is refused at start", async (_, status, body) => {
    const server = http.createServer((_request, response) => response.writeHead(status).end(body));
    const sqsEndpoint = `http://${await listen(server)}`;
    const message = await refusal({ sqsEndpoint });
    end(server);
    expect(message).toMatch(
      /^sqsEndpoint: what answers is not a working SQS \(.+\), got http:\/\/127[.\d:]+; .+\.$/,
    );
    expect(message).not.toContain("\n");
  });

  test("with https where http is spoken, and the other way round, is told so", async () => {
    const { hostname, port } = new URL(sqs.endpoint);
    expect(await refusal({ sqsEndpoint: `https://${hostname}:${port}` })).toContain(
      "(it does not speak https)",
    );

    const alert = Buffer.from([0x15, 3, 1, 0, 2, 2, 70]);
    const tls = net.createServer((socket) => socket.on("error", () => undefined).end(alert));
    await new Promise<void>((resolve) => tls.listen(0, "127.0.0.1", resolve));
    const sqsEndpoint = `http://127.0.0.1:${(tls.address() as AddressInfo).port}`;
    expect(await refusal({ sqsEndpoint })).toContain("(it does not speak http)");
    tls.close();
  });

  test("without a queue is refused at start, by the queue's name", async () => {
    expect(await refusal({ sqsEndpoint: sqs.endpoint })).toBe(
      `sqsEndpoint: orders.fifo is not there, got ${sqs.endpoint}; an endpoint that has every queue that the stacks send to is allowed. Make it, or have it made with createQueues.`,
    );
  });

  test("gets what it lacks with createQueues, dead-letter queue and attributes too", async () => {
    const empty = await startSqsEmulator();
    const gateway = await start({ sqsEndpoint: empty.endpoint, createQueues: true });
    const response = await fetch(gateway.stacks[0]?.url ?? "", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{}",
    });
    expect(response.status).toBe(200);
    const answer = await fetch(empty.endpoint, {
      method: "POST",
      headers: {
        "X-Amz-Target": "AmazonSQS.GetQueueAttributes",
        "Content-Type": "application/x-amz-json-1.0",
      },
      body: JSON.stringify({ QueueUrl: gateway.stacks[0]?.queueUrl, AttributeNames: ["All"] }),
    });
    const { Attributes } = (await answer.json()) as { Attributes: Record<string, string> };
    expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: "1", VisibilityTimeout: "30" });
    expect(Attributes.RedrivePolicy).toContain(":orders-failed");
    await gateway.close();
    await empty.stop();
  });

  test("never makes queues on AWS", async () => {
    const sqsEndpoint = "https://sqs.eu-central-1.amazonaws.com";
    expect(await refusal({ sqsEndpoint, createQueues: true })).toMatch(
      /^createQueues: would make queues on AWS that no Terraform state knows, got https:/,
    );
  });
});
