// One execution environment of a Lambda function, forked by execution-environment.ts, which also ends it: a process of its own, so that a
// handler that crashes or never ends takes nothing else with it. It runs one invocation at a time, as on Lambda.
import { once } from "node:events";
import { createRequire } from "node:module";

// Ctrl-C reaches the whole process group; the batch under way may still end, and the parent ends this process.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => undefined);
process.on("disconnect", () => process.exit());

const [{ module, functionArn }] = await once(process, "message");
const require = createRequire(import.meta.url);
require("../../bin/compile-typescript.js");
const { HandlerModuleInvoker } = require("./handler-module-invoker");

const never = new AbortController().signal;

try {
  const invoker = new HandlerModuleInvoker({}, module);
  process.on("message", ({ event, requestId, timeoutMs }) => {
    void invoker.invoke(functionArn, event, never, { requestId, timeoutMs }).then((result) => {
      process.send({ result });
    });
  });
  process.send({ ready: true });
} catch ({ message }) {
  process.send({ error: message }, () => process.exit(1));
}
