import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluateJson } from "../../../../local/terraform/configuration/evaluate-json";
import { variableValue } from "../../../../local/terraform/configuration/variables";
import { evaluate } from "../../../../local/terraform/expression/evaluate";
import { type Scope } from "../../../../local/terraform/expression/expression";
import { ExpressionError } from "../../../../local/terraform/expression/expression-error";
import { jsonEncode } from "../../../../local/terraform/expression/functions/json-encode";
import { functionTable } from "../../../../local/terraform/expression/functions/function-table";
import { parseExpression } from "../../../../local/terraform/expression/parse";
import { parseHcl } from "../../../../local/terraform/hcl/parse-hcl";
import { StackError } from "../../../../local/terraform/stack-error";
import { ERROR, EXPRESSIONS, FILES, TYPES } from "../../../support/recorded-expressions";

/** Mistakes that the parser of HCL does not hand on: it puts constants together, and takes any word as a key. */
const TAKEN_BY_THE_PARSER: ReadonlySet<string> = new Set(['"a${null}"', "{a.b = 1}"]);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "recorded-expressions-"));
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** JSON of what is worked out; an error that is no mistake of the expression's is thrown on. */
async function answer(work: () => unknown): Promise<string> {
  try {
    return jsonEncode(await work());
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof StackError) return ERROR;
    throw error;
  }
}

describe("expressions as Terraform has them", () => {
  const scope = (): Scope => ({
    functions: functionTable(folder),
    resolve(names) {
      throw new ExpressionError(`there is no ${names.join(".")}`);
    },
  });

  it.each(EXPRESSIONS)("%j gives %s", async (expression, expected) => {
    expect(await answer(() => evaluate(parseExpression(`\n${expression}\n`), scope()))).toBe(expected);
  });

  it.each(EXPRESSIONS.filter(([expression]) => !TAKEN_BY_THE_PARSER.has(expression)))(
    "as a value in a file, %j gives %s",
    async (expression, expected) => {
      const own = await answer(async () => {
        const { given } = await parseHcl("main.tf", `given = [\n${expression}\n]\n`);
        return evaluateJson(given, scope(), "given");
      });
      expect(own).toBe(expected === ERROR ? ERROR : `[${expected}]`);
    },
  );
});

describe("a variable's default as Terraform converts it to its type", () => {
  it.each(TYPES)("%s of %s is %s", async (type, value, expected) => {
    const own = await answer(async () => {
      const text = `variable "given" {\n  type    = ${type}\n  default = ${value}\n}\n`;
      const content = (await parseHcl("main.tf", text)) as {
        variable: { given: [Record<string, unknown>] };
      };
      return variableValue("var.given", content.variable.given[0], undefined);
    });
    expect(own).toBe(expected);
  });
});
