import { SampleGateway, type SampleRequest } from "../../support/sample-gateway";
import {
  sampleApi,
  sampleAuthorizer,
  sampleIntegration,
  sampleMethod,
  sampleStack,
} from "../../support/sample-stack";

const BACKEND = { status: 200, headers: [], body: "" };
const NAMES = ["Host", "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto", "X-Amzn-Trace-Id"];
const HOST = "api1.execute-api.eu-central-1.amazonaws.com";
const TRACE = "Root=1-5759e988-bd862e3fe1be46a994272793";
const REQUEST: SampleRequest = {
  headers: [
    ["content-type", "application/json"],
    ["host", "127.0.0.1:3000"],
    ["x-forwarded-for", "203.0.113.9, 198.51.100.7"],
    ["X-Forwarded-Proto", "http"],
    ["x-amzn-trace-id", TRACE],
    ["X-Own", "1"],
  ],
};
const SEEN = [HOST, "203.0.113.9, 198.51.100.7, 127.0.0.1", "443", "https", TRACE];

async function rendered(template: string, sent: SampleRequest = REQUEST): Promise<unknown> {
  const integration = sampleIntegration({ requestTemplates: { "application/json": template } });
  const gateway = new SampleGateway(sampleStack(sampleApi(sampleMethod({ integration }))), {
    backend: BACKEND,
  });
  await gateway.send(sent);
  return gateway.sent[0]?.body;
}

it("templates see the headers that API Gateway adds, by name and among all", async () => {
  expect(await rendered(NAMES.map((name) => `$input.params('${name}')`).join("|"))).toBe(SEEN.join("|"));
  expect(await rendered("#foreach($name in $input.params().header.keySet())$name;#end")).toBe(
    "content-type;X-Own;Host;X-Amzn-Trace-Id;X-Forwarded-For;X-Forwarded-Port;X-Forwarded-Proto;",
  );
});

it("a caller who sends none of them has them all the same", async () => {
  const sent = { headers: [["Content-Type", "application/json"]] } as const;
  expect(await rendered("$input.params('X-Forwarded-For') $input.params('Host')", sent)).toBe(
    `127.0.0.1 ${HOST}`,
  );
  expect(await rendered("$input.params('X-Amzn-Trace-Id')", sent)).toMatch(/^Root=1-[\da-f]{8}-[\da-f]{24}$/);
});

it("mappings see them", async () => {
  const integration = sampleIntegration({
    requestParameters: Object.fromEntries(
      NAMES.map((name) => [`integration.request.querystring.${name}`, `method.request.header.${name}`]),
    ),
  });
  const gateway = new SampleGateway(sampleStack(sampleApi(sampleMethod({ integration }))), {
    backend: BACKEND,
  });
  await gateway.send(REQUEST);
  expect({ ...gateway.sent[0]?.query }).toEqual(Object.fromEntries(NAMES.map((name, i) => [name, SEEN[i]])));
});

it("the events of REQUEST authorizers show them", async () => {
  const authorizer = sampleAuthorizer({ type: "REQUEST", identitySources: ["method.request.header.Host"] });
  const gateway = new SampleGateway(sampleStack(sampleApi(sampleMethod({ authorizer }))), {
    backend: BACKEND,
  });
  await gateway.send(REQUEST);
  const headers = Object.fromEntries(NAMES.map((name, index) => [name, SEEN[index]]));
  const own = { "content-type": "application/json", "X-Own": "1" };
  expect(gateway.events[0]).toMatchObject({
    headers: { ...own, ...headers },
    multiValueHeaders: Object.fromEntries(
      Object.entries({ ...own, ...headers }).map(([name, value]) => [name, [value]]),
    ),
  });
});

it("a required one is never missing", async () => {
  const method = sampleMethod({
    requestParameters: { "method.request.header.X-Forwarded-For": true },
    requestValidator: { validateRequestBody: false, validateRequestParameters: true },
  });
  const gateway = new SampleGateway(sampleStack(sampleApi(method)), { backend: BACKEND });
  expect((await gateway.send()).status).toBe(200);
});

describe("limits", () => {
  it("refuse headers of more than 10,240 bytes", async () => {
    const gateway = new SampleGateway(sampleStack(), { backend: BACKEND });
    const answer = await gateway.send({ headers: [["X-Big", "x".repeat(10_300)]] });
    expect([answer.status, answer.body]).toEqual([413, '{"message":"Request Too Long"}']);
  });
});
