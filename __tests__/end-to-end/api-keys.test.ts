import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalStack } from "../support/local-stack";

const KEYS = { api_keys: ["partner", "shop"], existing_api_key_ids: ["a1b2c3d4e5"] };
const CORS = { cors: { allow_origins: ["https://shop.example"] } };

let local: LocalStack | undefined;

async function start(params: object, options?: Parameters<typeof LocalStack.start>[1]): Promise<LocalStack> {
  local = await LocalStack.start(params, options);
  return local;
}

afterEach(async () => {
  await local?.close();
  local = undefined;
});

/** A key that the gateway shows. */
function keyOf(stack: LocalStack, name: "auth-stack" | "no-auth-stack" = "no-auth-stack"): string {
  return stack.served(name).apiKey?.value ?? "";
}

async function answerOf(response: Response) {
  return [response.status, ((await response.json()) as { code?: string }).code];
}

const withKey = (key: string) => ({ headers: { "x-api-key": key } });

test("only a key that the stack knows gets in, and its message arrives", async () => {
  const stack = await start({ ...KEYS, batch: true, ...CORS });
  const key = keyOf(stack);
  expect(key).toMatch(/^[a-z0-9]{40}$/);
  expect((await stack.post('{"order": 1}', withKey(key))).status).toBe(200);
  expect((await stack.receive())?.Body).toBe('{"order": 1}');
  for (const options of [{}, withKey("guess"), withKey(""), { ...withKey("guess"), path: "/batch" }]) {
    expect(await answerOf(await stack.post("[]", options))).toEqual([403, "INVALID_API_KEY"]);
  }
  expect((await stack.post('["1"]', { ...withKey(key), path: "/batch" })).status).toBe(200);
});

test("the key comes on top of the authorizer's token", async () => {
  const stack = await start(KEYS);
  const send = (headers: Record<string, string>) => stack.post("{}", { headers }, "auth-stack");
  const Authorization = "testtoken";
  const key = keyOf(stack, "auth-stack");
  expect((await send({ Authorization })).status).toBe(403);
  expect((await send({ "x-api-key": key })).status).toBe(401);
  expect((await send({ Authorization, "x-api-key": key })).status).toBe(200);
});

test("a preflight needs no key, and allows the header of the key", async () => {
  const stack = await start({ ...KEYS, ...CORS });
  const { url } = stack.served("no-auth-stack");
  const response = await fetch(url, { method: "OPTIONS", headers: { Origin: "https://shop.example" } });
  expect(response.status).toBe(204);
  expect(response.headers.get("access-control-allow-headers")).toBe("Content-Type,x-api-key");
});

test("a key that is disabled does not count, and another one is shown", async () => {
  const stack = await start({ api_keys: KEYS.api_keys }, { edit: disableFirstKey });
  const shown = stack.served("no-auth-stack").apiKey;
  expect(shown?.name).toBe("shop");
  expect((await stack.post("{}", withKey(shown?.value ?? ""))).status).toBe(200);
});

function disableFirstKey(document: {
  resource: { aws_api_gateway_api_key: Record<string, { enabled: boolean }> };
}): void {
  const [key] = Object.values(document.resource.aws_api_gateway_api_key);
  if (key) key.enabled = false;
}

test("a key that somebody brings has a stand-in", async () => {
  const stack = await start({ existing_api_key_ids: ["a1b2c3d4e5"] });
  expect(stack.served("no-auth-stack").apiKey).toEqual({
    name: "a1b2c3d4e5",
    value: expect.stringMatching(/^[a-z0-9]{40}$/) as unknown,
  });
  expect((await stack.post("{}", withKey(keyOf(stack)))).status).toBe(200);
});

test("a key over its burst is answered 429 with Retry-After, and nothing is queued", async () => {
  const stack = await start({ ...KEYS, api_key_rate_limit: 0.001, api_key_burst_limit: 2 });
  const send = () => stack.post("{}", withKey(keyOf(stack)));
  expect([(await send()).status, (await send()).status]).toEqual([200, 200]);
  const refused = await send();
  expect(refused.headers.get("retry-after")).toBe("1");
  expect(await answerOf(refused)).toEqual([429, "THROTTLED"]);
  expect(await stack.receiveAll()).toHaveLength(2);
});

test("a key over its quota is answered 429", async () => {
  const stack = await start({ ...KEYS, api_key_quota_limit: 1, api_key_quota_period: "MONTH" });
  const send = () => stack.post("{}", withKey(keyOf(stack)));
  expect((await send()).status).toBe(200);
  expect(await answerOf(await send())).toEqual([429, "QUOTA_EXCEEDED"]);
});

test("the authorizer may name the key in the place of the caller", async () => {
  const authorizer = join(tmpdir(), `authorizer-${process.pid}.js`);
  // The key's value stands where the authorizer would look it up: in the token.
  writeFileSync(
    authorizer,
    `exports.handler = async ({ authorizationToken, methodArn }) => ({
      principalId: "caller",
      usageIdentifierKey: authorizationToken,
      policyDocument: { Version: "2012-10-17", Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: methodArn }] },
    });`,
  );
  let value = "";
  const stack = await start(
    {},
    {
      authorizer,
      auth: { ...KEYS, api_key_source: "AUTHORIZER" },
      edit: ({
        resource,
      }: {
        resource: { aws_api_gateway_api_key?: Record<string, { value?: string }> };
      }) => {
        const [key] = Object.values(resource.aws_api_gateway_api_key ?? {});
        if (key) value = key.value = "k".repeat(20);
      },
    },
  );
  expect(stack.served("auth-stack").apiKey).toBeUndefined();
  const send = (Authorization: string) => stack.post("{}", { headers: { Authorization } }, "auth-stack");
  expect((await send(value)).status).toBe(200);
  expect(await answerOf(await send("unknown"))).toEqual([403, "INVALID_API_KEY"]);
});
