import type { UsagePlan } from "../../../local/terraform/model/usage-plan";
import { SampleGateway, header } from "../../support/sample-gateway";
import { sampleApi, sampleMethod, sampleStack } from "../../support/sample-stack";

const key = (value: string, enabled = true) => ({
  address: value,
  id: `id-${value}`,
  name: value,
  value,
  isMadeUp: false,
  enabled,
});

function gatewayWith(plan: Partial<UsagePlan>) {
  const usagePlans = [
    { address: "plan", name: "plan", stages: ["prod"], keys: [key("good"), key("off", false)], ...plan },
  ];
  const method = sampleMethod({ apiKeyRequired: true });
  return new SampleGateway(sampleStack(sampleApi(method, { usagePlans })), {
    backend: { status: 200, headers: [], body: "ok" },
  });
}

const withKey = (value: string) => ({ headers: [["x-API-key", value]] as const });

describe("API keys", () => {
  it.each([
    ["a good key", "good", 200],
    ["no key", undefined, 403],
    ["an unknown key", "guess", 403],
    ["a disabled key", "off", 403],
  ])("%s", async (_, value, status) => {
    const answer = await gatewayWith({}).send(value === undefined ? {} : withKey(value));
    expect(answer.status).toBe(status);
    if (status !== 403) return;
    expect(answer.body).toBe('{"message":"Forbidden"}');
    expect(header(answer, "x-amzn-ErrorType")).toBe("ForbiddenException");
  });

  it("count only in plans of the stage", async () => {
    expect((await gatewayWith({ stages: ["dev"] }).send(withKey("good"))).status).toBe(403);
  });

  it("are throttled by their plan", async () => {
    const gateway = gatewayWith({ throttle: { rateLimit: 0.001, burstLimit: 1 } });
    expect((await gateway.send(withKey("good"))).status).toBe(200);
    const answer = await gateway.send(withKey("good"));
    expect([answer.status, answer.body]).toEqual([429, '{"message":"Too Many Requests"}']);
  });

  it("use up their plan's quota", async () => {
    const gateway = gatewayWith({ quota: { limit: 2, period: "MONTH", offset: 0 } });
    await gateway.send(withKey("good"));
    await gateway.send(withKey("good"));
    const answer = await gateway.send(withKey("good"));
    expect([answer.status, answer.body]).toEqual([429, '{"message":"Limit Exceeded"}']);
    expect(header(answer, "x-amzn-ErrorType")).toBe("LimitExceededException");
  });
});
