import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findMissingPrerequisites } from "./prerequisites";
import { writeSuiteEnvironment } from "./suite-environment";

/** Jest's global set-up: looks once, for all test files, for what they need. */
export default function globalSetup(): void {
  const folder = mkdtempSync(join(tmpdir(), "queue-leveling-suite-"));
  writeSuiteEnvironment({ folder, missing: findMissingPrerequisites(folder) });
}
