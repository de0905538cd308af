import { accessLogFormat } from "../../../aws/access-log-format";
import { SampleGateway, header } from "../../support/sample-gateway";
import { sampleApi, sampleIntegration, sampleMethod, sampleStack } from "../../support/sample-stack";
import type { Stage } from "../../../local/terraform/stack-model";

const OK = { status: 200, headers: [["x-amzn-RequestId", "sqs-id"]] as [string, string][], body: "{}" };

/** A gateway whose stage has an access log of this format. */
function gatewayWith(accessLogFormat: string | undefined, stage: Partial<Stage> = {}): SampleGateway {
  const integration = sampleIntegration();
  const api = sampleApi(sampleMethod({ integration, requestParameters: {} }));
  const stages = api.stages.map((one) => ({ ...one, ...(accessLogFormat && { accessLogFormat }), ...stage }));
  return new SampleGateway(sampleStack({ ...api, stages }), { backend: OK });
}

async function lineOf(gateway: SampleGateway, ...request: Parameters<SampleGateway["send"]>) {
  const answer = await gateway.send(...request);
  expect(gateway.lines).toHaveLength(1);
  return { answer, line: gateway.lines[0] ?? "" };
}

/** As Node.js reads a header's bytes. */
function asRead(text: string): string {
  return Buffer.from(text).toString("latin1");
}

const JSON_TYPE = ["Content-Type", "application/json"] as const;

describe("a stage without a format of its own", () => {
  it("logs the line that the stacks write by default", async () => {
    const { answer, line } = await lineOf(gatewayWith(undefined), {
      headers: [JSON_TYPE, ["User-Agent", "tests"]],
    });
    expect(JSON.parse(line)).toEqual({
      ...Object.fromEntries(Object.keys(JSON.parse(accessLogFormat()) as object).map((key) => [key, "-"])),
      requestId: header(answer, "x-amzn-RequestId"),
      extendedRequestId: header(answer, "x-amz-apigw-id"),
      requestTimeEpoch: expect.stringMatching(/^\d{13}$/) as string,
      stage: "prod",
      httpMethod: "POST",
      resourcePath: "/orders",
      status: "200",
      responseLatency: expect.stringMatching(/^\d+$/) as string,
      responseLength: "2",
      integrationStatus: "200",
      integrationLatency: expect.stringMatching(/^\d+$/) as string,
      integrationRequestId: "sqs-id",
      sourceIp: "127.0.0.1",
      userAgent: "tests",
    });
  });

  it.each([
    ["an unknown path", { path: "/prod/nowhere" }, "403", "MISSING_AUTHENTICATION_TOKEN", "prod"],
    ["an unknown stage", { path: "/nowhere" }, "403", "UNKNOWN_STAGE", "-"],
    [
      "an unknown type",
      { headers: [["Content-Type", "a/b"]] as const },
      "415",
      "UNSUPPORTED_MEDIA_TYPE",
      "prod",
    ],
  ])("tells why %s is refused, and no integration", async (_what, request, status, errorType, stage) => {
    const { answer, line } = await lineOf(gatewayWith(undefined), request);
    expect(JSON.parse(line)).toMatchObject({
      requestId: header(answer, "x-amzn-RequestId"),
      extendedRequestId: header(answer, "x-amz-apigw-id"),
      status,
      errorType,
      stage,
      integrationStatus: "-",
      integrationLatency: "-",
      integrationRequestId: "-",
    });
  });
});

describe("a stage's own format", () => {
  it("is taken as it is, but for the variables", async () => {
    const format =
      '$context.identity.sourceIp - - [$context.requestTime] "$context.httpMethod $context.resourcePath" $context.status. $input.body ${context.stage} $context $100\n';
    const { line } = await lineOf(gatewayWith(format));
    expect(line).toMatch(
      /^127\.0\.0\.1 - - \[[^\]]+ \+0000\] "POST \/orders" 200\. \$input\.body \$\{context\.stage\} \$context \$100$/,
    );
  });

  it("prints a dash for what has no value, is no text, or is not known", async () => {
    const names = [
      "identity",
      "identity.user",
      "authorizer.x",
      "nothing",
      "constructor",
      "responseOverride.status",
    ];
    const format = `${names.map((name) => `$context.${name}`).join()},$context.error.messageString`;
    expect((await lineOf(gatewayWith(format))).line).toBe("-,-,-,-,-,-,-");
  });

  it("has what API Gateway says of an error, its text in quotes", async () => {
    const format = '{"m":$context.error.messageString,"t":"$context.error.message"}';
    const { line } = await lineOf(gatewayWith(format), { path: "/prod/nowhere" });
    expect(line).toBe('{"m":"Missing Authentication Token","t":"Missing Authentication Token"}');
  });

  it("has the trace only where X-Ray is on", async () => {
    const request = { headers: [JSON_TYPE, ["X-Amzn-Trace-Id", "Self=1-2;Root=1-a-b;Sampled=1"]] as const };
    for (const [isTraced, id] of [
      [true, "1-a-b"],
      [false, "-"],
    ] as const) {
      const { line } = await lineOf(gatewayWith("$context.xrayTraceId", { isTraced }), request);
      expect(line).toBe(id);
    }
  });

  it.each(['"', "\\", '"}', "\\u0022", "\t", "é\u2028", "\u007f\u009b", "$context.requestId", "-"])(
    "stays one line of JSON whatever the caller sends: %j",
    async (userAgent) => {
      const gateway = gatewayWith('{"userAgent":"$context.identity.userAgent"}');
      const { line } = await lineOf(gateway, { headers: [JSON_TYPE, ["User-Agent", asRead(userAgent)]] });
      expect(JSON.parse(line)).toEqual({ userAgent });
      expect(line).not.toMatch(/[^\P{C}]|[\u2028\u2029]/u);
    },
  );
});

describe("a request's id", () => {
  const CHOSEN = "0A1b2c3d-4e5f-4a6b-8c7d-9e8f7a6b5c4d";
  const REPLACED = "UUID_REPLACED_INVALID_REQUEST_ID";
  const NEW = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;

  it.each([
    [CHOSEN, CHOSEN],
    ["mine", REPLACED],
    [`${CHOSEN}0`, REPLACED],
    [CHOSEN.replaceAll("-", ""), REPLACED],
    ['"', REPLACED],
    ["", NEW],
  ])("that the caller chooses, %j, is %s; the extended one and the trace can't be", async (chosen, id) => {
    const gateway = gatewayWith("$context.requestId $context.extendedRequestId");
    const headers = [JSON_TYPE, ["x-AMZN-requestid", chosen], ["x-amz-apigw-id", CHOSEN]] as const;
    const { answer, line } = await lineOf(gateway, { headers });
    const extendedId = header(answer, "x-amz-apigw-id") ?? "";
    expect(header(answer, "x-amzn-RequestId")).toEqual(id);
    expect(line.split(" ")).toEqual([id, extendedId]);
    expect(extendedId).toMatch(/^[\w-]{15}=$/);
    expect(header(answer, "X-Amzn-Trace-Id")).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
  });
});
