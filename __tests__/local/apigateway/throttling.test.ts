import { TokenBucket } from "../../../local/apigateway/throttling";
import { SampleGateway } from "../../support/sample-gateway";
import {
  sampleApi,
  sampleIntegration,
  sampleMethod,
  sampleStack,
  sampleStage,
} from "../../support/sample-stack";

const ROOT = { address: "aws_api_gateway_rest_api.Api", id: "root", path: "/" };

describe("TokenBucket", () => {
  it("lets a burst through and then the rate", () => {
    const bucket = new TokenBucket({ rate: 2, burst: 3 }, 0);
    expect([0, 0, 0, 0].map((now) => bucket.take(now))).toEqual([true, true, true, false]);
    expect([499, 500, 501].map((now) => bucket.take(now))).toEqual([false, true, false]);
  });

  it("never saves up more than the burst", () => {
    const bucket = new TokenBucket({ rate: 10, burst: 1 }, 0);
    expect([60_000, 60_000].map((now) => bucket.take(now))).toEqual([true, false]);
  });

  it("does not lend when the clock goes back", () => {
    const bucket = new TokenBucket({ rate: 1, burst: 1 }, 10_000);
    expect([10_000, 5_000].map((now) => bucket.take(now))).toEqual([true, false]);
  });
});

describe("stage variables and throttles", () => {
  it("are those of a method at the root, too", async () => {
    const resources = [{ ...ROOT, methods: { POST: sampleMethod() } }];
    const limits = { throttlingRateLimit: 0, throttlingBurstLimit: 0 };
    const stages = [sampleStage({ methodSettings: { "/POST": limits } })];
    const gateway = new SampleGateway(sampleStack(sampleApi(sampleMethod(), { resources, stages })));
    expect((await gateway.send({ path: "/prod" })).status).toBe(429);
  });

  it("are those of the stage in the path", async () => {
    const method = sampleMethod({
      integration: sampleIntegration({
        requestTemplates: { "application/json": "$stageVariables.color on $context.stage" },
      }),
    });
    const stages = [
      sampleStage({ variables: { color: "blue" } }),
      sampleStage({
        name: "dev",
        variables: { color: "green" },
        methodSettings: { "*/*": { throttlingRateLimit: 1, throttlingBurstLimit: 1 } },
      }),
    ];
    const gateway = new SampleGateway(sampleStack(sampleApi(method, { stages })), {
      backend: { status: 200, headers: [], body: "" },
    });
    await gateway.send();
    await gateway.send({ path: "/dev/orders" });
    expect(gateway.sent.map(({ body }) => body)).toEqual(["blue on prod", "green on dev"]);
    const answer = await gateway.send({ path: "/dev/orders" });
    expect([answer.status, answer.body]).toEqual([429, '{"message":"Too Many Requests"}']);
    expect((await gateway.send()).status).toBe(200);
  });
});
