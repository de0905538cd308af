import { RequestLog, loggedRequest } from "../../../../local/server/page/request-log";
import type { RequestTrace } from "../../../../local/apigateway/request-trace";

function traceOf(body: string, headers: [string, string][] = []): RequestTrace {
  return {
    requestId: "id",
    receivedAt: "2026-01-01T00:00:00.000Z",
    request: { method: "POST", path: "/", queryString: "", headers, body },
    context: {} as RequestTrace["context"],
    response: { status: 200, headers: [], body: "" },
    timings: {},
  };
}

const newLog = () => new RequestLog(() => undefined);

test("keeps the newest 200", () => {
  const log = newLog();
  for (let index = 1; index <= 250; index++) log.add("shop", traceOf(String(index)), []);
  expect(log.requests).toHaveLength(200);
  expect(log.requests[0]?.number).toBe(51);
});

test("keeps fewer of large ones, and the beginning of each", () => {
  const log = newLog();
  for (let index = 0; index < 200; index++) {
    const body = "x".repeat(100_000);
    log.add(
      "shop",
      {
        ...traceOf(body),
        response: {
          status: 200,
          headers: [
            ["a", body],
            ["b", body],
            ["c", body],
          ],
          body,
        },
      },
      [],
    );
  }
  const kept = JSON.stringify(log.requests).length;
  expect(kept).toBeGreaterThan(1024 * 1024);
  expect(kept).toBeLessThan(9 * 1024 * 1024);
  expect(JSON.stringify(log.requests[0])).toContain("more characters");
});

test("of a secret in a text that is far too long, no part is left, also where it is cut through", () => {
  const secret = "s3cr3t".repeat(1000);
  const log = newLog();
  for (const before of [0, 10_380, 15_000, 16_384, 81_000]) {
    const body = `${secret} ${"x".repeat(before)}${secret}${"y".repeat(3 * 1024 * 1024)}`;
    log.add("shop", traceOf(body), [secret]);
    log.add("shop", { ...traceOf(""), integrationRequest: { body: Buffer.from(body) } as never }, [secret]);
  }
  expect(JSON.stringify(log.requests)).toContain("more characters");
  expect(JSON.stringify(log.requests)).not.toContain("s3cr3t");
});

test("wants 100 requests at once, 20 a second after that, and counts the others", () => {
  const now = jest.spyOn(Date, "now").mockReturnValue(5000);
  const log = newLog();
  const wantedOf130 = () => Array.from({ length: 130 }, () => log.wants()).filter(Boolean).length;
  expect(wantedOf130()).toBe(100);
  expect(log.missed).toBe(30);
  now.mockReturnValue(6000);
  expect(wantedOf130()).toBe(20);
  now.mockRestore();
});

test.each([
  ["as it is", "Bearer abc/d+e=="],
  ["without its scheme", "abc/d+e=="],
  ["URL-encoded", "x=abc%2Fd%2Be%3D%3D&y=1"],
  ["within a text", 'a {"token": "abc/d+e=="} b'],
])("a secret is masked %s", (_how, body) => {
  const text = JSON.stringify(loggedRequest(1, "shop", traceOf(body), ["Bearer abc/d+e=="]));
  expect(text).toContain("***");
  expect(text).not.toMatch(/abc/);
});

test("a secret too short to be told from other text is masked where it stands alone", () => {
  const { trace } = loggedRequest(1, "shop", traceOf("a banana", [["X", "a"]]), ["a"]);
  expect(trace).toMatchObject({ request: { body: "a banana", headers: [["X", "***"]] } });
});
