// Loaded into each measured server by `node -r`: the process itself says what it has used, when the bench asks.
const { readFileSync } = require("node:fs");
const { setFlagsFromString } = require("node:v8");
const { runInNewContext } = require("node:vm");
const { isMainThread } = require("node:worker_threads");

/** Bytes. Linux passes the parent's peak on to the child's maxRSS, so its own count comes first. */
function peakMemory() {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}

function collectGarbage() {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

function usage(collect) {
  const { user, system } = process.cpuUsage();
  const { rss } = process.memoryUsage();
  if (collect) collectGarbage();
  return { cpuMicros: user + system, rss, peakRss: peakMemory(), heapUsed: process.memoryUsage().heapUsed };
}

if (isMainThread && process.send !== undefined) {
  process.on("message", (question) => {
    if (question.ask === "usage") process.send({ usage: usage(question.collect) });
  });
  process.channel.unref();
}
