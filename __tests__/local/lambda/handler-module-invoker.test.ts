import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { HandlerModuleInvoker } from "../../../local/lambda/handler-module-invoker";

const ARN = "arn:aws:lambda:eu-west-1:123456789012:function:checker";
const never = new AbortController().signal;
let folder: string;
let count = 0;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "handlers-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(source: string, extension = "js"): string {
  const file = path.join(folder, `handler-${count++}.${extension}`);
  writeFileSync(file, source);
  return file;
}
const invoke = (source: string, event: unknown = { n: 1 }) =>
  new HandlerModuleInvoker({}, write(source)).invoke(ARN, event, never);

describe("HandlerModuleInvoker", () => {
  test.each([
    ["a promise", "exports.handler = async (event) => ({ got: event.n })"],
    [
      "a callback",
      "exports.handler = (event, context, done) => { setTimeout(done, 1, null, { got: event.n }) }",
    ],
    ["a callback from an async function", "exports.handler = async (event, context) => ({ got: event.n })"],
    ["a plain return", "exports.handler = (event) => ({ got: event.n })"],
    ["context.succeed", "exports.handler = (event, context) => { context.succeed({ got: event.n }) }"],
    ["context.done", "exports.handler = (event, context) => { context.done(null, { got: event.n }) }"],
    [
      "its first of two ends",
      "exports.handler = (event, context, done) => { done(null, { got: 1 }); done('late') }",
    ],
  ])("takes the result of %s", async (_style, source) => {
    expect(await invoke(source)).toEqual({ ok: true, payload: { got: 1 } });
  });

  test.each([
    ["throws", "exports.handler = () => { throw new Error('Unauthorized') }"],
    ["rejects", "exports.handler = async () => { throw new Error('Unauthorized') }"],
    [
      "calls back with an error",
      "exports.handler = (event, context, done) => { done(new Error('Unauthorized')) }",
    ],
    ["calls back with a text", "exports.handler = (event, context, done) => { done('Unauthorized') }"],
    ["fails by context", "exports.handler = (event, context) => { context.fail('Unauthorized') }"],
    [
      "is done with an error",
      "exports.handler = (event, context) => { context.done(new Error('Unauthorized')) }",
    ],
  ])("has the message of a handler that %s", async (_style, source) => {
    expect(await invoke(source)).toEqual({ ok: false, errorMessage: "Unauthorized" });
  });

  test("gives a context", async () => {
    const result = await invoke(`exports.handler = async (event, context) => ({
      ...context, left: context.getRemainingTimeInMillis() > 1000, wait: context.callbackWaitsForEmptyEventLoop })`);
    expect(result).toMatchObject({
      ok: true,
      payload: {
        functionName: "checker",
        invokedFunctionArn: ARN,
        awsRequestId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
        left: true,
        wait: true,
      },
    });
  });

  test("passes event and result through JSON", async () => {
    const event = { n: 1, missing: undefined };
    const result = await invoke(
      "exports.handler = async (event) => { event.n = 2; return { keys: Object.keys(event), at: new Date(0) } }",
      event,
    );
    expect(result).toEqual({ ok: true, payload: { keys: ["n"], at: "1970-01-01T00:00:00.000Z" } });
    expect(event.n).toBe(1);
  });

  test("takes an undefined result as null", async () => {
    expect(await invoke("exports.handler = async () => undefined")).toEqual({ ok: true, payload: null });
  });

  test("loads TypeScript and folders", async () => {
    const nested = path.join(folder, "nested");
    mkdirSync(nested);
    writeFileSync(path.join(nested, "index.js"), "exports.handler = async () => 'folder'");
    const typescript = write(
      "export const handler = async (event: { n: number }): Promise<number> => event.n;",
      "ts",
    );
    const invoker = new HandlerModuleInvoker({ checker: nested, [`${ARN}-ts`]: typescript });
    expect(await invoker.invoke(`${ARN}:live`, {}, never)).toEqual({ ok: true, payload: "folder" });
    expect(await invoker.invoke(`${ARN}-ts`, { n: 3 }, never)).toEqual({ ok: true, payload: 3 });
    await expect(invoker.invoke(`${ARN}-other`, {}, never)).rejects.toThrow("No handler module");
  });

  test("gives up a handler that never ends", async () => {
    const invoker = new HandlerModuleInvoker({}, write("exports.handler = () => undefined"));
    await expect(invoker.invoke(ARN, {}, AbortSignal.timeout(20))).rejects.toThrow();
  });

  test.each([
    ["missing", () => path.join(folder, "nowhere"), "there is no such file"],
    ["without a handler", () => write("exports.other = 1"), "exports no function named handler"],
    ["broken", () => write("throw new Error('broken inside')"), "broken inside"],
  ])("refuses a module that is %s when it is made", (_name, file, message) => {
    expect(() => new HandlerModuleInvoker({ checker: file() })).toThrow(message);
  });
});
