// copy FROM TO: the stacks without what Checkov 3.3 can't parse, the block `terraform`, in which no check looks.
// compare REPORT EXPECTED: fails for a check that fails unexpectedly, and for an expected one that does not fail.
const { mkdirSync, readdirSync, readFileSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");

const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));

function copy(from, to) {
  for (const stack of readdirSync(from)) {
    const document = readJson(join(from, stack, "cdk.tf.json"));
    delete document.terraform;
    mkdirSync(join(to, stack), { recursive: true });
    writeFileSync(join(to, stack, "cdk.tf.json"), JSON.stringify(document, undefined, 2));
  }
}

function compare(report, expected) {
  const { summary, results } = readJson(report);
  const problems = [];
  // A file that can't be parsed has no failed checks.
  if (summary.parsing_errors > 0) problems.push(`could not be parsed: ${results.parsing_errors.join(", ")}`);
  const expectations = readJson(expected).flatMap(({ check, stacks }) =>
    stacks.map((stack) => `${check} on ${stack}`),
  );
  const failed = new Map(
    results.failed_checks.map(({ check_id: check, check_name: name, file_path: file, resource }) => [
      `${check} on ${dirname(file).slice(1)}`,
      `${name} (${resource})`,
    ]),
  );
  for (const [check, what] of failed) {
    if (!expectations.includes(check)) problems.push(`fails, and is not in ${expected}: ${check}: ${what}`);
  }
  for (const check of expectations) {
    if (!failed.has(check)) problems.push(`no longer fails, and is still in ${expected}: ${check}`);
  }
  for (const problem of problems) console.error(problem);
  console.log(
    `Checkov ${summary.checkov_version}: ${summary.passed} checks passed, ${summary.failed} failed; ` +
      `${problems.length} unexpected`,
  );
  if (problems.length > 0 || summary.passed === 0) process.exitCode = 1;
}

const [command, ...args] = process.argv.slice(2);
({ copy, compare })[command](...args);
