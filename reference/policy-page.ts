import { readFileSync } from "node:fs";
import { join } from "node:path";
import { POLICY_RULES } from "../policy/rules";
import { markdownTable } from "./markdown-table";

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
  return [file, withTable(withTable(page, "rules", rulesTable()), "checkov", checkovTable())];
}

function withTable(page: string, name: string, table: string): string {
  const marked = new RegExp(`(<!-- ${name} -->\n).*?(<!-- end -->)`, "s");
  return page.replace(marked, (_match, start: string, end: string) => `${start}\n${table}\n${end}`);
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
