import { LargeStack } from "../../support/large-stack";

let stack: LargeStack;

beforeAll(async () => {
  stack = await LargeStack.start({ actions: ["s3:GetObject"] });
});

afterAll(() => stack.close());

test("an object that the role may not put is AccessDenied, in S3's own XML", async () => {
  const response = await stack.call("PUT", `/objects/${stack.bucket}/key`, { body: "x" });
  expect(response.status).toBe(403);
  expect(await response.text()).toMatch(
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<Error><Code>AccessDenied<\/Code><Message>Access Denied<\/Message><RequestId>\w+<\/RequestId><HostId>\S+<\/HostId><\/Error>$/,
  );
});

test("what is denied is not accepted, not stored, and nobody is told of it", async () => {
  const { status } = await stack.post("body");
  expect(status).toBe(500);
  expect(await stack.messages()).toEqual([expect.objectContaining({ Event: "s3:TestEvent" })]);
});

test("who may not list a bucket is not told that it lacks an object", async () => {
  const response = await stack.call("GET", `/objects/${stack.bucket}/missing`);
  expect(response.status).toBe(403);
  expect(await response.text()).toContain("<Code>AccessDenied</Code>");
});
