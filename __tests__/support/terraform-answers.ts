import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { evaluate } from "../../local/terraform/expression/evaluate";
import type { Resolved, Scope } from "../../local/terraform/expression/expression";
import { ExpressionError, UnknownValueError } from "../../local/terraform/expression/expression-error";
import { functionTable } from "../../local/terraform/expression/functions/function-table";
import { parseTemplate } from "../../local/terraform/expression/parse";

/** JSON of a value, or null for an expression that is refused. */
export type Answer = string | null;

/** Files that the expressions read, by path. */
const FILES: Readonly<Record<string, string | Buffer>> = {
  "binary.bin": Buffer.from([0xff, 0x00, 0x01]),
  "empty.txt": "",
  "folder/.hidden": "h\n",
  "folder/deep/deeper/four.json": "y\n",
  "folder/deep/three.txt": "x\n",
  "folder/deep/two.json": "{}\n",
  "folder/one.json": "{}\n",
  "greeting.tftpl": 'Hello ${name}, ${upper("you")} have ${n + 1}!',
  "list.tftpl":
    "%{ for item in items ~}\n- ${item}\n%{ endfor ~}\n%{ if length(items) > 1 }many%{ else }few%{ endif }",
  "plain.txt": "one\ntwo é\n",
  "recursive.tftpl": '${templatefile("greeting.tftpl", {name = "x", n = 1})}',
};

/** Values that the expressions name, as a configuration has them. */
const LOCALS: Readonly<Record<string, string>> = {
  hello: "Hello, ${name}!",
  lone: "${n}",
  nested: '${templatestring("x", {})}',
  reads: '${file("plain.txt")}',
};

export const TERRAFORM_IS_THERE = spawnSync("terraform", ["version"]).status === 0;

export function writeFiles(folder: string): void {
  for (const [path, content] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** What the evaluator makes of an expression. */
export function ownAnswer(expression: string, folder: string): Answer {
  try {
    return String(evaluate(parseTemplate(`\${jsonencode(${expression})}`), scopeOf(folder)));
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof UnknownValueError) return null;
    throw error;
  }
}

const SCOPES = new Map<string, Scope>();

function scopeOf(folder: string): Scope {
  const scope = SCOPES.get(folder) ?? { functions: functionTable(folder), resolve };
  SCOPES.set(folder, scope);
  return scope;
}

function resolve([root = "", name = ""]: readonly string[]): Resolved {
  const value = root === "local" ? LOCALS[name] : undefined;
  if (value === undefined) throw new ExpressionError(`there is no ${root}.${name}`);
  return { value, used: 2 };
}

const REFUSED = "refused";

/** What Terraform makes of expressions, all in one run; as base 64, for the console shows texts in HCL's syntax. */
export function terraformAnswers(expressions: readonly string[], folder: string): Answer[] {
  const results = expressions.map(
    (expression) => `\${try(nonsensitive(base64encode(jsonencode(${expression}))), "${REFUSED}")}`,
  );
  const main = join(folder, "main.tf.json");
  writeFileSync(main, JSON.stringify({ locals: { ...escapedLocals(), results } }));
  const { stdout, stderr } = spawnSync("terraform", ["console", "-no-color"], {
    cwd: folder,
    input: "local.results\n",
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  const answers = Array.from(
    stdout.matchAll(/^ {2}(?:"([\w+/=]*)"|\(known after apply\)),$/gm),
    ([, text]) => (text === undefined || text === REFUSED ? null : Buffer.from(text, "base64").toString()),
  );
  if (answers.length !== expressions.length) throw new Error(`terraform console: ${stdout}${stderr}`);
  return answers;
}

function escapedLocals(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(LOCALS).map(([name, text]) => [name, text.replaceAll("${", () => "$${")]),
  );
}
