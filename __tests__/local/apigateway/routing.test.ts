import { SampleGateway, header } from "../../support/sample-gateway";
import { sampleStack } from "../../support/sample-stack";

const OK = { status: 200, headers: [], body: '{"accepted":true}' };

describe("a request that finds no method", () => {
  const gateway = new SampleGateway(sampleStack(), { backend: OK });

  it.each([
    ["another path", { path: "/prod/nothing" }],
    ["another verb", { method: "GET" }],
    ["HEAD", { method: "HEAD" }],
    ["the stage alone", { path: "/prod" }],
  ])("is without an authentication token: %s", async (_, request) => {
    const answer = await gateway.send(request);
    expect(answer.status).toBe(403);
    expect(answer.body).toBe('{"message":"Missing Authentication Token"}');
    expect(header(answer, "x-amzn-ErrorType")).toBe("MissingAuthenticationTokenException");
    expect(header(answer, "X-Amzn-Trace-Id")).toBeUndefined();
  });

  it("is forbidden when the stage is unknown", async () => {
    const answer = await gateway.send({ path: "/dev/orders" });
    expect([answer.status, answer.body]).toEqual([403, '{"message":"Forbidden"}']);
    expect(header(answer, "x-amzn-ErrorType")).toBe("ForbiddenException");
  });

  it("has a bad signature when it brings an Authorization header", async () => {
    const answer = await gateway.send({ path: "/prod/nothing", headers: [["Authorization", "testtoken"]] });
    expect(answer.status).toBe(403);
    expect(header(answer, "x-amzn-ErrorType")).toBe("IncompleteSignatureException");
    // echo -n testtoken | openssl dgst -sha256 -binary | base64
    expect(answer.body).toContain("'raY+mP5Q7MtVA22I7aSyw3CfU8K2W8AzV5cGfpoqXYs='");
  });
});
