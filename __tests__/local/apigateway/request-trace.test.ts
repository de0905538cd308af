import { SampleGateway } from "../../support/sample-gateway";
import { sampleStack } from "../../support/sample-stack";

const OK = { status: 200, headers: [], body: '{"accepted":true}' };

describe("traces", () => {
  it("tell every step and mask the token", async () => {
    const gateway = new SampleGateway(sampleStack(), { backend: OK });
    await gateway.send({
      headers: [
        ["Authorization", "very-secret"],
        ["X-Api-Key", "very-secret"],
      ],
    });
    const [trace] = gateway.traces;
    expect(trace).toMatchObject({
      route: { stage: "prod", resource: "/orders", method: "POST" },
      backend: { status: 200 },
      response: { status: 200 },
    });
    expect(JSON.stringify(trace)).not.toContain("very-secret");
  });
});
