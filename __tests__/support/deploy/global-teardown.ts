import { rmSync } from "node:fs";
import { readSuiteEnvironment } from "./suite-environment";

/** Jest's global tear-down: says below the summary why tests were skipped. */
export default function globalTeardown(): void {
  const { folder, missing } = readSuiteEnvironment();
  rmSync(folder, { recursive: true, force: true });
  for (const [prerequisite, reason] of Object.entries(missing)) {
    console.error(`Tests that need "${prerequisite}" are skipped: ${reason}.`);
  }
}
