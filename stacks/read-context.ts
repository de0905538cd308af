import { readFileSync } from "node:fs";

/** The `context` of `cdktf.json` in the working directory: CDKTF's CLI hands it on only when it runs the app itself. */
export function readContext(): Record<string, unknown> {
  const file = "cdktf.json";
  try {
    const { context = {} } = JSON.parse(readFileSync(file, "utf8")) as { context?: Record<string, unknown> };
    return context;
  } catch (error) {
    throw new Error(
      `${file}: can't be read, got ${String(error)}; a JSON file with the settings in "context". Run the command in the project's folder.`,
      { cause: error },
    );
  }
}
