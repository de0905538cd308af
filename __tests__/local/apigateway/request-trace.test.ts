import { SampleGateway } from "../../support/sample-gateway";
import { sampleApi, sampleIntegration, sampleMethod, sampleStack } from "../../support/sample-stack";

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

  it.each(["/orders", "/no-such-path"])(
    "mask a header that a request template compares with: %s",
    async (path) => {
      const template = `#if($input.params('X-Hook') == 'very-secret')Action=SendMessage&MessageBody=x#end`;
      const integration = sampleIntegration({ requestTemplates: { "application/json": template } });
      const stack = sampleStack(sampleApi(sampleMethod({ integration })));
      const gateway = new SampleGateway(stack, { backend: OK });
      await gateway.send({ path: `/prod${path}`, headers: [["X-Hook", "very-secret"]] });
      expect(gateway.traces[0]?.request.headers).toContainEqual(["X-Hook", "***"]);
      expect(JSON.stringify(gateway.traces)).not.toContain("very-secret");
    },
  );
});
