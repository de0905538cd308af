import { LocalStack } from "../support/local-stack";

let local: LocalStack | undefined;

async function start(params: object, noAuth: object): Promise<LocalStack> {
  local = await LocalStack.start(params, { noAuth });
  return local;
}

afterEach(async () => {
  await local?.close();
  local = undefined;
});

test("what comes after the burst is answered 429 with Retry-After, and not queued", async () => {
  const stack = await start({}, { throttling_rate_limit: 0.001, throttling_burst_limit: 2 });
  expect([(await stack.post("{}")).status, (await stack.post("{}")).status]).toEqual([200, 200]);
  const refused = await stack.post("{}");
  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toBe("1");
  expect(await refused.json()).toMatchObject({
    code: "THROTTLED",
    message: "Too many requests. Retry later.",
  });
  expect(await stack.receiveAll()).toHaveLength(2);
});

test("each method has limits of its own", async () => {
  const stack = await start(
    { batch: true },
    {
      throttling_rate_limit: 0.001,
      throttling_burst_limit: 2,
      method_throttles: { "sqs/batch/POST": { rate_limit: 0.001, burst_limit: 1 } },
    },
  );
  const statuses = async (path: string, body: string) => {
    const found: number[] = [];
    for (let count = 0; count < 3; count += 1) found.push((await stack.post(body, { path })).status);
    return found;
  };
  expect(await statuses("", "{}")).toEqual([200, 200, 429]);
  expect(await statuses("/batch", '["1"]')).toEqual([200, 429, 429]);
});

test("a limit of 0 closes a method", async () => {
  const stack = await start({}, { throttling_rate_limit: 0, throttling_burst_limit: 0 });
  expect((await stack.post("{}")).status).toBe(429);
});
