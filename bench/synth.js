// Compares synthesis with what nothing can be faster than: a Node.js process that only requires cdktf and the same
// provider modules. Medians of ten runs, taken in turns.
const { spawnSync } = require("node:child_process");
const { mkdtempSync, readFileSync, rmSync } = require("node:fs");
const { cpus, loadavg, tmpdir } = require("node:os");
const { join } = require("node:path");

const rounds = 10;
const project = join(__dirname, "..");
const outdir = mkdtempSync(join(tmpdir(), "queue-leveling-bench-"));

function run([command, ...args]) {
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", CDKTF_OUTDIR: outdir };
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(command, args, { cwd: project, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** The provider modules that the sources import. The bundle's stamp names the sources. */
function providerModules() {
  const stamp = join(project, "node_modules", ".cache", "queue-leveling", "main.json");
  const { inputs } = JSON.parse(readFileSync(stamp, "utf8"));
  const sources = inputs.filter((file) => file.endsWith(".ts"));
  const imports = sources.flatMap((file) => [
    ...readFileSync(join(project, file), "utf8").matchAll(/from "(@cdktf\/provider-aws\/[^"]+)"/g),
  ]);
  return [...new Set(imports.map(([, name]) => name))];
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

function compare() {
  // The first synthesis bundles the sources and writes the stamp; it does not count.
  run([process.execPath, "bin/synth.js"]);
  const modules = providerModules();
  const floor = ["cdktf", ...modules].map((name) => `require(${JSON.stringify(name)});`).join("");
  const subjects = [
    [`node, requires cdktf and ${modules.length} provider modules`, [process.execPath, "-e", floor]],
    ["node bin/synth.js", [process.execPath, "bin/synth.js"]],
    ["npm run synth", ["npm", "run", "--silent", "synth"]],
    ["npx cdktf synth", ["npx", "--no-install", "cdktf", "synth", "--output", outdir]],
  ];
  const times = subjects.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    subjects.forEach(([, command], index) => times[index].push(run(command)));
  }
  const medians = times.map(median);
  console.log(
    `${cpus().length} × ${cpus()[0].model}, Node.js ${process.version}, load ${loadavg()[0].toFixed(1)}; medians of ${rounds} runs`,
  );
  subjects.forEach(([name], index) => {
    const [time, ratio] = [medians[index].toFixed(0), (medians[index] / medians[0]).toFixed(2)];
    console.log(`${time.padStart(6)} ms  ${ratio.padStart(5)} ×  ${name}`);
  });
}

try {
  compare();
} finally {
  rmSync(outdir, { recursive: true });
}
