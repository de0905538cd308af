import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");
const VITEST = join(ROOT, "node_modules/vitest/vitest.mjs");
const withVitest = existsSync(VITEST) ? test : test.skip;

withVitest(
  "a user's Vitest suite passes against his own stack (needs vitest)",
  () => {
    const { stdout, status } = spawnSync(process.execPath, [VITEST, "run"], {
      cwd: join(ROOT, "examples/vitest-suite"),
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, VITEST: undefined },
    });
    expect(stdout).toMatch(/^ *Tests +2 passed \(2\)$/m);
    expect(status).toBe(0);
  },
  120_000,
);
