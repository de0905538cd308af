import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { evaluateJson } from "../../../../local/terraform/configuration/evaluate-json";
import { functionTable } from "../../../../local/terraform/expression/functions/function-table";
import { EXPRESSION_FILES, SIGNATURES, anyExpression, callsOf } from "../../../support/terraform-expressions";

/** `SEED=<number>` makes other expressions than those of every run. */
const SEED = Number(process.env.SEED ?? 1);
const CALLS_EACH = 24;
const OTHERS = 500;

const names = Object.keys(SIGNATURES);
const EXPRESSIONS = [
  ...names.flatMap((name) => [
    ...fc.sample(callsOf(name, 0), { seed: SEED, numRuns: CALLS_EACH / 3 }),
    ...fc.sample(callsOf(name, 2), { seed: SEED, numRuns: (CALLS_EACH / 3) * 2 }),
  ]),
  ...fc.sample(anyExpression(3), { seed: SEED, numRuns: OTHERS }),
];

interface KnownDifference {
  readonly why: string;
  /** An expression in which it shows. */
  readonly example: string;
  readonly explains: (expression: string, terraform: string, own: string) => boolean;
}

const ERROR = "<error>";

/** Where the evaluator differs on purpose: none of it changes what a stack that Terraform accepts gets, but for the first. */
const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    why: "numbers are doubles, where Terraform computes with 512 bits",
    example: "0.1 + 0.2",
    explains: (_, terraform, own) => rounded(terraform) === rounded(own),
  },
  {
    why: "a division by zero fails at once, where Terraform has an infinity that fails in the end",
    example: "max(1, -1 / 0)",
    explains: (expression) => /\/ 0\b/.test(expression),
  },
  {
    why: "what is not needed is not evaluated and can't fail: a side of ?:, && and ||, what a for would do",
    example: "true || [1]",
    explains: (expression, terraform) =>
      / \? |&&|\|\|| for |\[for /.test(expression) && (terraform === ERROR || CATCHES.test(expression)),
  },
  {
    why: "nor does it have a type, to which the side of ?: that is needed would be converted",
    example: 'true ? 1 : upper("a")',
    explains: (expression, terraform, own) =>
      expression.includes(" ? ") && (asTexts(terraform) === asTexts(own) || CATCHES.test(expression)),
  },
  {
    why: "a set is a list in the order of the set: functions take it that Terraform gives lists only",
    example: 'concat(toset(["a"]))',
    explains: (expression, terraform) =>
      SETS.test(expression) && (terraform === ERROR || CATCHES.test(expression)),
  },
  {
    why: "and its keys in a for are numbers, not its members themselves",
    example: 'keys({for key, value in toset(["a"]) : key => value})',
    explains: (expression) => SETS.test(expression) && /for \w+, \w+ in/.test(expression),
  },
  {
    why: "a tuple is a list: lists that are put together keep the types of their members",
    example: 'concat(range(1), split(",", "a"))',
    explains: (expression, terraform, own) =>
      /\b(?:concat|flatten)\(/.test(expression) && asTexts(terraform) === asTexts(own),
  },
  {
    why: "and element() takes a negative index of both, where Terraform does of lists only",
    example: "element([1, 2], -1)",
    explains: (expression, terraform) => /\belement\(/.test(expression) && terraform === ERROR,
  },
];

/** In these, an error makes a value. */
const CATCHES = /\b(?:can|try)\(/;
const SETS = /\b(?:toset|set(?:union|subtract|intersection))\(/;

const isThere = spawnSync("terraform", ["version"]).status === 0;
const describeConsole = isThere ? describe : describe.skip;
const reason = isThere ? "" : " (skipped: terraform is not on the PATH)";

describeConsole(`the evaluator beside \`terraform console\`${reason}`, () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "terraform-console-"));
    for (const [name, content] of Object.entries(EXPRESSION_FILES)) {
      writeFileSync(join(folder, name), content);
    }
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("gives the same for expressions of all shapes", () => {
    expect(EXPRESSIONS.length).toBeGreaterThanOrEqual(2000);
    const differences = compared(folder, EXPRESSIONS).filter(
      ({ expression, terraform, own }) =>
        terraform !== own && !KNOWN_DIFFERENCES.some(({ explains }) => explains(expression, terraform, own)),
    );
    expect({ seed: SEED, differences: differences.slice(0, 9) }).toEqual({ seed: SEED, differences: [] });
  }, 60_000);

  it.each(KNOWN_DIFFERENCES)("differs, as is known: $why", ({ example, explains }) => {
    const [outcome = { terraform: "", own: "" }] = compared(folder, [example]);
    expect(outcome.own).not.toBe(outcome.terraform);
    expect(explains(example, outcome.terraform, outcome.own)).toBe(true);
  });
});

it.each([...names, "sensitive"])("%s() is among the generated expressions", (name) => {
  expect(EXPRESSIONS.some((expression) => new RegExp(`\\b${name}\\(`).test(expression))).toBe(true);
});

interface Outcome {
  readonly expression: string;
  readonly terraform: string;
  readonly own: string;
}

/** What both make of expressions, as JSON; they stand in one local value, as Terraform is slow to start. */
function compared(folder: string, compare: readonly string[]): Outcome[] {
  const results = compare.map((expression) => `\${try(jsonencode(${expression}), "${ERROR}")}`);
  const theirs = terraformValues(folder, results);
  const scope = { functions: functionTable(folder), resolve: refuseName };
  return compare.map((expression, index) => ({
    expression,
    terraform: String(theirs[index]),
    own: String(evaluateJson(results[index], scope, "local.results")),
  }));
}

/** As base 64: the console shows strings in HCL's syntax. */
function terraformValues(folder: string, results: readonly string[]): unknown[] {
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ locals: { results } }));
  const { stdout, stderr } = spawnSync("terraform", ["console"], {
    cwd: folder,
    input: "base64encode(jsonencode(local.results))\n",
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const [, base64] = /^"([\w+/=]*)"\s*$/.exec(stdout) ?? [];
  if (base64 === undefined) throw new Error(`terraform console: ${stdout}${stderr}`);
  return JSON.parse(Buffer.from(base64, "base64").toString()) as unknown[];
}

function refuseName(parts: readonly string[]): never {
  throw new Error(`${parts.join(".")} is no part of the generated expressions`);
}

/** JSON whose numbers have the digits that doubles are good for. */
function rounded(json: string): string {
  return json.replaceAll(/-?\d+(?:\.\d+)?/g, (number) => Number(number).toPrecision(13));
}

/** JSON whose numbers and booleans are texts. */
function asTexts(json: string): string {
  return json.replaceAll(/(?<=^|[[:,])(?:-?\d[\d.]*|true|false)(?=$|[\],}])/g, '"$&"');
}
