import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { RANDOM_CALLS } from "../../../../support/random-calls";
import {
  type Answer,
  TERRAFORM_IS_THERE,
  ownAnswer,
  terraformAnswers,
  writeFiles,
} from "../../../../support/terraform-answers";

const FILE = join(__dirname, "recorded-answers.json");

/** `RECORD=1` writes down what Terraform answers to the expressions of the file. */
const RECORDS = process.env.RECORD === "1";

/** `SEED=<number>` makes other calls than those of every run. */
const SEED = Number(process.env.SEED ?? 1);
const CALLS_EACH = 150;

const describeTerraform = TERRAFORM_IS_THERE ? describe : describe.skip;
const reason = TERRAFORM_IS_THERE ? "" : " (skipped: terraform is not on the PATH)";

describeTerraform(`the installed Terraform${reason}`, () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "terraform-functions-"));
    writeFiles(folder);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("answers what is recorded", () => {
    const recorded = JSON.parse(readFileSync(FILE, "utf8")) as Record<string, Answer>;
    const expressions = Object.keys(recorded);
    const answers = terraformAnswers(expressions, folder);
    const now = Object.fromEntries(expressions.map((expression, index) => [expression, answers[index]]));
    if (RECORDS) writeFileSync(FILE, `${JSON.stringify(now, null, 2)}\n`);
    expect(RECORDS ? now : recorded).toEqual(now);
  }, 120_000);

  it("answers to random calls as the evaluator does", () => {
    const expressions = Object.values(RANDOM_CALLS).flatMap((calls) =>
      fc.sample(calls, { seed: SEED, numRuns: CALLS_EACH }),
    );
    const answers = terraformAnswers(expressions, folder);
    const differences = expressions
      .map((expression, index) => ({
        expression,
        terraform: answers[index],
        own: ownAnswer(expression, folder),
      }))
      .filter(({ terraform, own }) => terraform !== own);
    expect({ seed: SEED, differences }).toEqual({ seed: SEED, differences: [] });
  }, 120_000);
});
