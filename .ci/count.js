// Prints "<passed> <failed> <skipped>" over the given Jest reports, then the name of each skipped test.
const { readFileSync } = require("node:fs");

const reports = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, "utf8")));
const sum = (count) => reports.reduce((total, report) => total + report[count], 0);
const skipped = reports
  .flatMap(({ testResults }) => testResults.flatMap(({ assertionResults }) => assertionResults))
  .filter(({ status }) => status === "pending" || status === "todo");

console.log(sum("numPassedTests"), sum("numFailedTests") + sum("numRuntimeErrorTestSuites"), skipped.length);
for (const { fullName } of skipped) console.log(`skipped: ${fullName}`);
