import type { Prerequisite } from "./prerequisites";
import { readSuiteEnvironment } from "./suite-environment";

/** `describe` for tests that need Terraform, the AWS provider and moto, and `more`: skipped, with the reason, where they are missing. */
export function describeDeploy(name: string, body: () => void, more: readonly Prerequisite[] = []): void {
  describeWith(["terraform", "moto", ...more], name, body);
}

/** `describe` for tests that need what is named: skipped, with the reason, where it is missing. */
export function describeWith(needed: readonly Prerequisite[], name: string, body: () => void): void {
  const { missing } = readSuiteEnvironment();
  const reasons = needed.flatMap((prerequisite) => missing[prerequisite] ?? []);
  if (reasons.length === 0) describe(name, body);
  else describe.skip(`${name} (skipped: ${reasons.join("; ")})`, body);
}
