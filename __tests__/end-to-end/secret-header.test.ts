import type { RequestTrace } from "../../local/apigateway/request-trace";
import { LocalStack } from "../support/local-stack";

const SECRET = "5up-3r/secret.value+of=a~hook";
const BEFORE = "the.secret-that-it-was-before";
const OWN = "Action=SendMessage&MessageBody=$util.urlEncode($input.body)#set($secrets = 1)";

let local: LocalStack;
const TRACES: RequestTrace[] = [];

beforeAll(async () => {
  process.env.TF_VAR_secret_header_value = SECRET;
  process.env.TF_VAR_secret_header_previous_value = BEFORE;
  local = await LocalStack.start(
    {
      secret_header: "X-Gitlab-Token",
      batch: true,
      content_types: ["application/json", "text/xml", "image/png"],
      request_templates: { "text/xml": OWN },
      cors: { allow_origins: ["https://shop.example"] },
    },
    { onTrace: (trace) => TRACES.push(trace) },
  );
});

afterAll(async () => {
  await local.close();
  delete process.env.TF_VAR_secret_header_value;
  delete process.env.TF_VAR_secret_header_previous_value;
});

const RIGHT = { "X-Gitlab-Token": SECRET };

test("a request with the secret is queued, its body as it is", async () => {
  expect((await local.post("a&b", { headers: RIGHT })).status).toBe(200);
  expect((await local.receive())?.Body).toBe("a&b");
});

test("the secret before is right, too, and the header's name in any case", async () => {
  expect((await local.post("1", { headers: { "x-gitlab-token": BEFORE } })).status).toBe(200);
  expect((await local.receive())?.Body).toBe("1");
});

test.each(["application/json", "text/xml", "image/png"])("%s without the secret is 403", async (type) => {
  const response = await local.post("x", { headers: { "Content-Type": type, "X-Gitlab-Token": "wrong" } });
  expect(response.status).toBe(403);
  expect(await response.json()).toEqual({
    code: "SECRET_HEADER_MISMATCH",
    message: "The header X-Gitlab-Token is missing or has another value than it must have.",
    requestId: response.headers.get("x-amzn-requestid"),
  });
  expect(response.headers.get("access-control-allow-origin")).toBe("https://shop.example");
  expect(await local.receive()).toBeUndefined();
});

test("own templates and binary content types send with the secret", async () => {
  await local.post("<a/>", { headers: { ...RIGHT, "Content-Type": "text/xml" } });
  await local.post("png", { headers: { ...RIGHT, "Content-Type": "image/png" } });
  const bodies = (await local.receiveAll()).map(({ Body }) => Body);
  expect(bodies.sort()).toEqual(["<a/>", Buffer.from("png").toString("base64")].sort());
});

test("a batch is checked, too", async () => {
  const refused = await local.post('["a", "b"]', { path: "/batch" });
  expect(refused.status).toBe(403);
  expect(await local.receive()).toBeUndefined();
  expect((await local.post('["a", "b"]', { path: "/batch", headers: RIGHT })).status).toBe(200);
  expect((await local.receiveAll()).map(({ Body }) => Body).sort()).toEqual(["a", "b"]);
});

test("behind an authorizer both are needed", async () => {
  const send = (headers: Record<string, string>) => local.post("x", { headers }, "auth-stack");
  const authorized = { Authorization: "testtoken" };
  expect((await send(RIGHT)).status).toBe(401);
  expect((await send(authorized)).status).toBe(403);
  expect(await local.receive("auth-stack")).toBeUndefined();
  expect((await send({ ...authorized, ...RIGHT })).status).toBe(200);
  expect((await local.receive("auth-stack"))?.Body).toBe("x");
});

test("a preflight allows the header, and asks for none", async () => {
  const headers = { Origin: "https://shop.example", "Access-Control-Request-Method": "POST" };
  const { url } = local.served("no-auth-stack");
  const response = await fetch(url, { method: "OPTIONS", headers });
  expect(response.status).toBe(204);
  expect(response.headers.get("access-control-allow-headers")).toContain("X-Gitlab-Token");
});

test("no trace holds the secret, also where a request reaches no method", async () => {
  await local.post("x", { path: "/nowhere", headers: RIGHT });
  expect(TRACES.length).toBeGreaterThan(5);
  const text = JSON.stringify(TRACES);
  expect(text).not.toContain(SECRET);
  expect(text).not.toContain(BEFORE);
});
