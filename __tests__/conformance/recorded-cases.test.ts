import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

const project = path.join(__dirname, "..", "..");
const cases = path.join(project, "..", "shared", "conformance", "cases.json");

// The recorded cases are no part of the project; where they lie beside it, all of them must hold.
(existsSync(cases) ? test : test.skip)(
  "every recorded case passes",
  () => {
    const cli = path.join(__dirname, "cli.ts");
    const { status, stdout } = spawnSync(process.execPath, ["-r", "sucrase/register/ts", cli, cases], {
      cwd: project,
      encoding: "utf8",
    });
    expect(stdout.split("\n").filter((line) => line.startsWith("fail "))).toEqual([]);
    expect(stdout).toMatch(/\n\d{2,} passed, 0 failed, [0-3] skipped\n$/);
    expect(status).toBe(0);
  },
  60_000,
);
