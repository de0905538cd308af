import { readFileSync } from "node:fs";
import { join } from "node:path";
import { POLICY_RULES } from "../policy/rules";
import { markdownTable, withTables } from "./markdown-table";

const PROJECT = join(__dirname, "..");

/** A check of Checkov's that fails on purpose, as `.ci/checkov.json` lists it. */
interface ExpectedFailure {
  readonly check: string;
  readonly stacks: readonly string[];
  readonly reason: string;
}

/** docs/policy.md with its two tables as they have to be. */
export function policyPage(): readonly [file: string, text: string] {
  const file = "docs/policy.md";
  const page = readFileSync(join(PROJECT, file), "utf8");
  return [file, withTables(page, (mark) => (mark === "rules" ? rulesTable() : checkovTable()))];
}

function rulesTable(): string {
  const rows = POLICY_RULES.map(({ name, asks, why, relatives, here }) => [
    `\`${name}\``,
    asks,
    why,
    relatives.join(", ") || "none",
    here,
  ]);
  return markdownTable([["Rule", "Asks", "Otherwise", "Relatives", "The stacks"], ...rows]);
}

function checkovTable(): string {
  const failures = JSON.parse(
    readFileSync(join(PROJECT, ".ci", "checkov.json"), "utf8"),
  ) as ExpectedFailure[];
  const rows = failures.map(({ check, stacks, reason }) => [check, stacks.join(", "), reason]);
  return markdownTable([["Check", "Stack", "Why not"], ...rows]);
}
