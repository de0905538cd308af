import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Answer,
  TERRAFORM_IS_THERE,
  terraformAnswers,
  writeFiles,
} from "../../../../support/terraform-answers";

const FILE = join(__dirname, "recorded-answers.json");

/** `RECORD=1` writes down what Terraform answers to the expressions of the file. */
const RECORDS = process.env.RECORD === "1";

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
});
