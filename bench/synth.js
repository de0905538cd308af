// Compares synthesis with what nothing can be faster than: a Node.js process that only requires cdktf and the same
// provider modules. Medians of ten runs, taken in turns.
const { spawnSync } = require("node:child_process");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const project = join(__dirname, "..");
const { inputs } = JSON.parse(readFileSync(bundleStamp(), "utf8"));
const sources = inputs
  .filter((file) => file.endsWith(".ts"))
  .map((file) => readFileSync(join(project, file), "utf8"));
const modules = new Set(
  sources.flatMap((source) =>
    [...source.matchAll(/from "(@cdktf\/provider-aws\/[^"]+)"/g)].map(([, name]) => name),
  ),
);
const floor = ["cdktf", ...modules].map((name) => `require(${JSON.stringify(name)});`).join("");

const subjects = {
  [`node, requiring cdktf and ${modules.size} provider modules`]: [process.execPath, "-e", floor],
  "node bin/synth.js": [process.execPath, "bin/synth.js"],
  "npm run synth": ["npm", "run", "--silent", "synth"],
  "npx cdktf synth": ["npx", "--no-install", "cdktf", "synth"],
};

/** Names every source that is in the bundle; the first synthesis writes it. */
function bundleStamp() {
  run([process.execPath, "bin/synth.js"]);
  return join(project, "node_modules", ".cache", "queue-leveling", "main.json");
}

function run([command, ...args]) {
  const start = process.hrtime.bigint();
  const env = { ...process.env, CHECKPOINT_DISABLE: "1" };
  const { status, stderr } = spawnSync(command, args, { cwd: project, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

const times = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
for (let round = 0; round < 10; round++) {
  for (const [name, command] of Object.entries(subjects)) times[name].push(run(command));
}
const medians = Object.values(times).map((runs) => runs.sort((a, b) => a - b)[5]);
Object.keys(subjects).forEach((name, index) => {
  console.log(
    `${medians[index].toFixed(0).padStart(6)} ms  ${(medians[index] / medians[0]).toFixed(2)} ×  ${name}`,
  );
});
