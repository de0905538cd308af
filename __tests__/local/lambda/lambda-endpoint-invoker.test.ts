import { once } from "node:events";
import { type IncomingMessage, type Server, createServer } from "node:http";
import { text } from "node:stream/consumers";
import { LambdaEndpointInvoker } from "../../../local/lambda/lambda-endpoint-invoker";

const ARN = "arn:aws:lambda:eu-west-1:123456789012:function:checker:live";
const never = new AbortController().signal;

describe("LambdaEndpointInvoker", () => {
  let server: Server;
  let endpoint: string;
  let answer: { status: number; headers?: Record<string, string>; body: string };
  let asked: { url: string | undefined; headers: IncomingMessage["headers"]; body: string };
  beforeAll(async () => {
    server = createServer((request, response) => {
      void text(request).then((body) => {
        asked = { url: request.url, headers: request.headers, body };
        response.writeHead(answer.status, answer.headers).end(answer.body);
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    endpoint = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const invoke = () =>
    new LambdaEndpointInvoker({ endpoint, region: "eu-west-1" }).invoke(ARN, { n: 1 }, never);

  test("posts the event to the function's invocations", async () => {
    answer = { status: 200, body: '{"got":1}' };
    expect(await invoke()).toEqual({ ok: true, payload: { got: 1 } });
    expect(asked).toMatchObject({ url: "/2015-03-31/functions/checker/invocations", body: '{"n":1}' });
  });

  test("calls the function by the name that the endpoint knows", async () => {
    answer = { status: 200, body: "" };
    const invoker = new LambdaEndpointInvoker({ endpoint, region: "eu-west-1", nameOf: () => "function" });
    expect(await invoker.invoke(ARN, {}, never)).toEqual({ ok: true, payload: null });
    expect(asked.url).toBe("/2015-03-31/functions/function/invocations");
  });

  test.each([
    [
      "marked by the header",
      { "x-amz-function-error": "Unhandled" },
      '{"errorMessage":"Unauthorized"}',
      "Unauthorized",
    ],
    ["that only the body tells", {}, '{"errorMessage":"Unauthorized","errorType":"Error"}', "Unauthorized"],
    ["without a message", { "x-amz-function-error": "Unhandled" }, "{}", undefined],
  ])("reports a function's error %s", async (_name, headers, body, errorMessage) => {
    answer = { status: 200, headers, body };
    expect(await invoke()).toEqual({ ok: false, errorMessage });
  });

  test.each([
    [404, '{"Message":"Function not found"}'],
    [200, "not JSON"],
  ])("throws at an answer %i %s", async (status, body) => {
    answer = { status, body };
    await expect(invoke()).rejects.toThrow();
  });

  test("throws where nobody listens", async () => {
    const invoker = new LambdaEndpointInvoker({ endpoint: "http://127.0.0.1:1", region: "eu-west-1" });
    await expect(invoker.invoke(ARN, {}, never)).rejects.toThrow();
  });
});
