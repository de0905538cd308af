import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

const PROJECT = path.join(__dirname, "..", "..");

/** No part of the project: cases recorded on AWS, which lie beside it on some machines. */
const RECORDED = path.join(PROJECT, "..", "shared", "conformance", "cases.json");

function run(...files: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(
    process.execPath,
    ["-r", "sucrase/register/ts", path.join(__dirname, "cli.ts"), ...files],
    { cwd: PROJECT, encoding: "utf8" },
  );
}

test("every case of the project passes", () => {
  const { status, stdout } = run();
  expect(stdout.split("\n").filter((line) => /^(?:fail|skip) /.test(line))).toEqual([]);
  expect(stdout).toMatch(/\n\d{2,} passed, 0 failed, 0 skipped\n$/);
  expect(status).toBe(0);
}, 60_000);

const isThere = existsSync(RECORDED);
const reason = isThere ? "" : ` (skipped: there is no ${RECORDED})`;
(isThere ? test : test.skip)(
  `every recorded case passes${reason}`,
  () => {
    const { status, stdout } = run(RECORDED);
    expect(stdout.split("\n").filter((line) => line.startsWith("fail "))).toEqual([]);
    expect(stdout).toMatch(/\n\d{2,} passed, 0 failed, [0-3] skipped\n$/);
    expect(status).toBe(0);
  },
  60_000,
);
