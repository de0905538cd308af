import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ERROR, EXPRESSIONS, FILES } from "../../../support/recorded-expressions";

const isThere = spawnSync("terraform", ["version"]).status === 0;
const itAsks = isThere ? it : it.skip;
const reason = isThere ? "" : " (skipped: terraform is not on the PATH)";

/** Without those that fail: one mistake of syntax hides what the others give. */
const GOOD = EXPRESSIONS.filter(([, json]) => json !== ERROR);

itAsks(
  `Terraform answers as it is recorded${reason}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), "recorded-expressions-"));
    for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content);
    const values = GOOD.map(([expression]) => `jsonencode(\n${expression}\n)`);
    writeFileSync(join(folder, "main.tf"), `locals {\n  results = [${values.join(",\n")}]\n}\n`);
    const { stdout, stderr } = spawnSync("terraform", ["console"], {
      cwd: folder,
      input: "base64encode(jsonencode(local.results))\n",
      encoding: "utf8",
    });
    rmSync(folder, { recursive: true });
    const [, base64] = /^"([\w+/=]*)"\s*$/.exec(stdout) ?? [];
    if (base64 === undefined) throw new Error(`terraform console: ${stdout}${stderr}`);
    const answers = JSON.parse(Buffer.from(base64, "base64").toString()) as string[];
    expect(answers).toEqual(GOOD.map(([, json]) => json));
  },
  60_000,
);
