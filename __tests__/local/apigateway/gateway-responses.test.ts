import type { GatewayResponse, RestApi } from "../../../local/terraform/stack-model";
import { SampleGateway, header } from "../../support/sample-gateway";
import {
  sampleApi,
  sampleAuthorizer,
  sampleMethod,
  sampleStack,
  sampleStage,
} from "../../support/sample-stack";

function responses(...all: readonly Partial<GatewayResponse>[]): RestApi["gatewayResponses"] {
  return Object.fromEntries(
    all.map((response) => {
      const { responseType = "DEFAULT_4XX" } = response;
      return [
        responseType,
        { address: "r", responseType, responseParameters: {}, responseTemplates: {}, ...response },
      ];
    }),
  );
}

function gatewayWith(...all: readonly Partial<GatewayResponse>[]) {
  return new SampleGateway(sampleStack(sampleApi(undefined, { gatewayResponses: responses(...all) })));
}

const UNSUPPORTED = { headers: [["Content-Type", "text/plain"]] as const };

describe("gateway responses", () => {
  it("that can't work are told with their address", () => {
    const parameters = { "gatewayresponse.header.X": "-1" };
    expect(() => gatewayWith({ responseParameters: parameters })).toThrow(
      'r: "-1" is not a mapping expression',
    );
  });

  it("of a response type win over those of its class", async () => {
    const gateway = gatewayWith(
      { responseType: "UNSUPPORTED_MEDIA_TYPE", responseTemplates: { "application/json": "own" } },
      { responseType: "DEFAULT_4XX", responseTemplates: { "application/json": "class" } },
      { responseType: "DEFAULT_5XX", responseTemplates: { "application/json": "server" } },
    );
    expect((await gateway.send(UNSUPPORTED)).body).toBe("own");
    expect((await gateway.send({ path: "/prod/nothing" })).body).toBe("class");
    expect((await gateway.send()).body).toBe("server");
  });

  it("keep the type's status unless they have one", async () => {
    const template = { "application/json": "x" };
    expect((await gatewayWith({ responseTemplates: template }).send(UNSUPPORTED)).status).toBe(415);
    expect((await gatewayWith({ statusCode: "418" }).send(UNSUPPORTED)).status).toBe(418);
  });

  it("fill in simple references and nothing else", async () => {
    const template =
      '{"m":$context.error.messageString,"t":"${context.error.responseType}","r":"$context.requestId","v":"$input.body#set($x=1)$context.nothing"}';
    const answer = await gatewayWith({ responseTemplates: { "application/json": template } }).send(
      UNSUPPORTED,
    );
    expect(JSON.parse(answer.body.toString())).toEqual({
      m: "Unsupported Media Type",
      t: "UNSUPPORTED_MEDIA_TYPE",
      r: header(answer, "x-amzn-RequestId"),
      v: "$input.body#set($x=1)",
    });
  });

  it("have API Gateway's default template when only headers are set", async () => {
    const answer = await gatewayWith({
      responseParameters: {
        "gatewayresponse.header.Access-Control-Allow-Origin": "'*'",
        "gatewayresponse.header.X-Echo": "method.request.header.X-In",
      },
    }).send({ headers: [...UNSUPPORTED.headers, ["X-In", "in"]] });
    expect(answer.body).toBe('{"message":"Unsupported Media Type"}');
    expect(header(answer, "Access-Control-Allow-Origin")).toBe("*");
    expect(header(answer, "X-Echo")).toBe("in");
  });

  it("are chosen by what the caller accepts, else the first", async () => {
    const responseTemplates = { "application/xml": "<x/>", "application/json": "{}" };
    const gateway = gatewayWith({ responseTemplates });
    const json = await gateway.send({ headers: [...UNSUPPORTED.headers, ["Accept", "application/json"]] });
    expect([json.body, header(json, "Content-Type")]).toEqual(["{}", "application/json"]);
    const other = await gateway.send({ headers: [...UNSUPPORTED.headers, ["Accept", "image/png"]] });
    expect([other.body, header(other, "Content-Type")]).toEqual(["<x/>", "application/xml"]);
  });

  it("of UNAUTHORIZED have a WWW-Authenticate of that name, as answers of a method have not", async () => {
    const gatewayResponses = responses({
      responseType: "UNAUTHORIZED",
      responseParameters: { "gatewayresponse.header.WWW-Authenticate": "'Basic'" },
    });
    const method = sampleMethod({ authorizer: sampleAuthorizer() });
    const answer = await new SampleGateway(sampleStack(sampleApi(method, { gatewayResponses }))).send();
    expect([answer.status, answer.body]).toEqual([401, '{"message":"Unauthorized"}']);
    expect(header(answer, "WWW-Authenticate")).toBe("Basic");
    expect(header(answer, "x-amzn-ErrorType")).toBe("UnauthorizedException");
  });

  it("of THROTTLED may answer 503, for senders that take a 4xx for final", async () => {
    const gatewayResponses = responses({
      responseType: "THROTTLED",
      statusCode: "503",
      responseParameters: { "gatewayresponse.header.Retry-After": "'1'" },
    });
    const limits = { throttlingRateLimit: 0, throttlingBurstLimit: 0 };
    const stages = [sampleStage({ methodSettings: { "*/*": limits } })];
    const gateway = new SampleGateway(sampleStack(sampleApi(undefined, { gatewayResponses, stages })));
    const answer = await gateway.send();
    expect([answer.status, answer.body]).toEqual([503, '{"message":"Too Many Requests"}']);
    expect(header(answer, "Retry-After")).toBe("1");
  });

  it("do not reach a stage that does not exist", async () => {
    const answer = await gatewayWith({ statusCode: "418" }).send({ path: "/nowhere/orders" });
    expect([answer.status, answer.body]).toEqual([403, '{"message":"Forbidden"}']);
  });
});
