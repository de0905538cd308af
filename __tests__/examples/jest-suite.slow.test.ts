import { spawnSync } from "node:child_process";
import { join } from "node:path";

const SUITE = join(__dirname, "../../examples/jest-suite");

test("a user's Jest suite passes against his own stack", () => {
  const { stderr, status } = spawnSync(process.execPath, [require.resolve("jest/bin/jest"), "--ci"], {
    cwd: SUITE,
    encoding: "utf8",
  });
  expect(stderr).toMatch(/^Tests: +2 passed, 2 total$/m);
  expect(status).toBe(0);
}, 120_000);
