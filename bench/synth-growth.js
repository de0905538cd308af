// CPU time that each of many pairs of stacks takes to synthesize in one app, as it is run by bin/synth.js and as by an app that
// lets cdktf note the origins of tokens.
const { mkdtempSync, readFileSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

const project = join(__dirname, "..");
const pairs = Number(process.argv[2] ?? 100);

require("../bin/register");
const { App } = require("cdktf");
const { readSettings } = require("../settings/settings");
const { AuthStack } = require("../stacks/auth-stack");
const { NoAuthStack } = require("../stacks/no-auth-stack");

const { context } = JSON.parse(readFileSync(join(project, "cdktf.json"), "utf8"));
const { authStack, noAuthStack, ...shared } = readSettings(context);

function synthesize(count) {
  const outdir = mkdtempSync(join(tmpdir(), "queue-leveling-bench-"));
  const app = new App({ outdir });
  for (let index = 0; index < count; index += 1) {
    new AuthStack(app, `auth-stack-${index}`, { ...authStack, ...shared });
    new NoAuthStack(app, `no-auth-stack-${index}`, { ...noAuthStack, ...shared });
  }
  app.synth();
  rmSync(outdir, { recursive: true });
}

function measure(name) {
  const start = process.cpuUsage();
  synthesize(pairs);
  const { user, system } = process.cpuUsage(start);
  console.log(
    `${((user + system) / 1000 / pairs).toFixed(1).padStart(6)} ms CPU a pair of ${pairs}: ${name}`,
  );
}

synthesize(5);
measure("with the origins of tokens");
require("../bin/skip-token-traces");
measure("without, as bin/synth.js does");
