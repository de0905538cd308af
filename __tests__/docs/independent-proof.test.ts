import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LOCALSTACK_VERSION, POINTS } from "../localstack/points";

const PROJECT = join(__dirname, "..", "..");
const read = (...path: string[]) => readFileSync(join(PROJECT, ...path), "utf8");
const PAGE = read("docs", "independent-proof.md");

test("the scoreboard is what the tests on LocalStack check", () => {
  const rows = POINTS.map(({ name, aws, known, localStack }) => [
    name,
    `${aws} (${known})`,
    "as AWS",
    localStack ?? "as AWS",
  ]);
  const header = ["Request", "AWS", "Local gateway", `LocalStack ${LOCALSTACK_VERSION}`];
  expect(section("scoreboard")).toBe(table([header, ...rows]));
});

test.each([
  ["localstack", "localstack-core[base-runtime]", "LocalStack](https://github.com/localstack/localstack)"],
  ["checkov", "checkov", "Checkov"],
  ["moto", "moto[server]", "on moto"],
])("the page names the version of %s that CI installs", (name, requirement, words) => {
  const [, version = ""] = read(".ci", "requirements", `${name}.in`).split(`${requirement}==`);
  expect(version.split("\n")[0]).toMatch(/^\d+[.]\d+[.]\d+$/);
  expect(PAGE).toContain(`${words} ${version.split("\n")[0] ?? ""}`);
});

test("the points are about the version of LocalStack that CI installs", () => {
  expect(read(".ci", "requirements", "localstack.txt")).toContain(`localstack-core==${LOCALSTACK_VERSION} `);
});

/** What stands between a mark and the next `end` in the page. */
function section(mark: string): string | undefined {
  return new RegExp(`<!-- ${mark} -->\n(.*?)<!-- end -->`, "s").exec(PAGE)?.[1]?.trim();
}

function table([header = [], ...rows]: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}
