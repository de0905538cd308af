import { SampleGateway, type SampleRequest } from "../../support/sample-gateway";
import {
  sampleApi,
  sampleAuthorizer,
  sampleIntegration,
  sampleMethod,
  sampleStack,
} from "../../support/sample-stack";

const backend = { status: 200, headers: [], body: "" };
const names = ["Host", "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto", "X-Amzn-Trace-Id"];
const host = "api1.execute-api.eu-central-1.amazonaws.com";
const trace = "Root=1-5759e988-bd862e3fe1be46a994272793";
const request: SampleRequest = {
  headers: [
    ["content-type", "application/json"],
    ["host", "127.0.0.1:3000"],
    ["x-forwarded-for", "203.0.113.9, 198.51.100.7"],
    ["X-Forwarded-Proto", "http"],
    ["x-amzn-trace-id", trace],
    ["X-Own", "1"],
  ],
};
const seen = [host, "203.0.113.9, 198.51.100.7, 127.0.0.1", "443", "https", trace];

async function rendered(template: string, sent: SampleRequest = request): Promise<unknown> {
  const integration = sampleIntegration({ requestTemplates: { "application/json": template } });
  const gateway = new SampleGateway(sampleStack(sampleApi(sampleMethod({ integration }))), { backend });
  await gateway.send(sent);
  return gateway.sent[0]?.body;
}

it("templates see the headers that API Gateway adds, by name and among all", async () => {
  expect(await rendered(names.map((name) => `$input.params('${name}')`).join("|"))).toBe(seen.join("|"));
  expect(await rendered("#foreach($name in $input.params().header.keySet())$name;#end")).toBe(
    "content-type;X-Own;Host;X-Amzn-Trace-Id;X-Forwarded-For;X-Forwarded-Port;X-Forwarded-Proto;",
  );
});

it("a caller who sends none of them has them all the same", async () => {
  const sent = { headers: [["Content-Type", "application/json"]] } as const;
  expect(await rendered("$input.params('X-Forwarded-For') $input.params('Host')", sent)).toBe(
    `127.0.0.1 ${host}`,
  );
  expect(await rendered("$input.params('X-Amzn-Trace-Id')", sent)).toMatch(/^Root=1-[\da-f]{8}-[\da-f]{24}$/);
});

it("mappings see them", async () => {
  const integration = sampleIntegration({
    requestParameters: Object.fromEntries(
      names.map((name) => [`integration.request.querystring.${name}`, `method.request.header.${name}`]),
    ),
  });
  const gateway = new SampleGateway(sampleStack(sampleApi(sampleMethod({ integration }))), { backend });
  await gateway.send(request);
  expect({ ...gateway.sent[0]?.query }).toEqual(Object.fromEntries(names.map((name, i) => [name, seen[i]])));
});

it("the events of REQUEST authorizers show them", async () => {
  const authorizer = sampleAuthorizer({ type: "REQUEST", identitySources: ["method.request.header.Host"] });
  const gateway = new SampleGateway(sampleStack(sampleApi(sampleMethod({ authorizer }))), { backend });
  await gateway.send(request);
  const headers = Object.fromEntries(names.map((name, index) => [name, seen[index]]));
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
  const gateway = new SampleGateway(sampleStack(sampleApi(method)), { backend });
  expect((await gateway.send()).status).toBe(200);
});
