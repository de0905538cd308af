import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "..", "..");
const GOOD = [
  "--arrivals",
  "base=50/s, peak=2000/s for 10m at 5m",
  "--consumers",
  "20",
  "--seconds-per-message",
  "0.2",
];

const folder = mkdtempSync(join(tmpdir(), "queue-leveling-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function sizing(...args: string[]) {
  const command = ["-r", join(ROOT, "bin", "register.js"), join(ROOT, "sizing", "cli.ts"), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

test("tells people, and draws an SVG", () => {
  const { status, stdout, stderr } = sizing(...GOOD, "--plot", "a.svg");
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/Largest backlog +│ +1,140,000, at 15 min /);
  expect(readFileSync(join(folder, "a.svg"), "utf8")).toMatch(/^<svg width="960"[^]*Backlog up to 1,140,000/);
});

test("tells scripts, and draws a PNG", () => {
  const { status, stdout } = sizing(...GOOD, "--json", "--max-age", "5m", "--plot", "a.png");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    refused: 0,
    consumersForMaxAge: expect.any(Number) as number,
    cost: { single: { usd: expect.any(Number) as number } },
    prices: { region: "us-east-1" },
  });
  expect(readFileSync(join(folder, "a.png")).toString("latin1", 1, 4)).toBe("PNG");
});

test.each([
  ["without arrivals", ["--consumers", "1"], /^--arrivals: needs a value, /],
  [
    "with a flag that there is not",
    [...GOOD, "--consumer", "1"],
    /^--consumer: is not a flag, .* Write --consumers, /,
  ],
  ["with a word too many", [...GOOD, "peak"], /^peak: belongs to no flag, /],
  [
    "with no number",
    [...GOOD, "--consumers", "many"],
    /^--consumers: is not such a number, got "many"; 1 to 100000 is/,
  ],
  ["with no share", [...GOOD, "--failure-rate", "120%"], /^--failure-rate: is not a share, got "120%"; /],
  [
    "with no time",
    [...GOOD, "--retention", "0s"],
    /^--retention: is no time, got "0s"; more than 0 is allowed/,
  ],
  ["with no queue type", [...GOOD, "--queue-type", "lifo"], /^--queue-type: is not a type, got "lifo"; /],
  ["with a picture of no type", [...GOOD, "--plot", "a.gif"], /^--plot: is not a picture, got "a\.gif"; /],
  [
    "with a picture in no folder",
    [...GOOD, "--plot", "no/a.svg"],
    /^no\/a\.svg: can't be written, got .* Make the folder/,
  ],
])("%s the exit code is 2 and one line says why", (_what, args, line) => {
  const { status, stdout, stderr } = sizing(...args);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(line);
  expect(stderr.trimEnd()).not.toContain("\n");
});
