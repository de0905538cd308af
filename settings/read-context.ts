import { readJsonFile } from "../errors/read-json-file";
import { type Group, isGroup } from "../constructs/schema";
import { mistakeText, shown } from "../errors/mistake";
import { nearest } from "../errors/nearest";
import { CONTEXT_KEYS, STACK_KEYS } from "./stack-settings";

const FILE = "cdktf.json";

/**
 * The `context` of `cdktf.json` in the working directory. The file itself is read, since CDKTF's CLI hands the context on
 * only when it runs the app. Throws where there is none to read, or where a setting stands beside it.
 */
export function readContext(): Group {
  const project = readJsonFile(FILE);
  if (!isGroup(project)) throw unreadable(project);
  const { context = {} } = project;
  if (!isGroup(context)) throw unreadable(context);
  const beside = Object.entries(project).flatMap(([key, value]) => settingBeside(key, value) ?? []);
  if (beside.length > 0) throw new Error(beside.join("\n"));
  return context;
}

function unreadable(got: unknown): Error {
  const allowed = 'a JSON object whose "context" is an object with the settings';
  const mistake = { wrong: "can't be read", got: shown(got), allowed, mend: "Mend the file." };
  return new Error(mistakeText({ where: FILE, ...mistake }));
}

/** What is wrong with a key that CDKTF does not know, and would pass over. */
function settingBeside(key: string, value: unknown): string | undefined {
  const where = `${FILE} ${key}`;
  if (key !== "context" && nearest(key, ["context"]) !== undefined) {
    const allowed = '"context" holds the settings';
    return mistakeText({ where, wrong: "is misspelt", got: shown(key), allowed, mend: 'Write "context".' });
  }
  const isOfStack = STACK_KEYS.includes(key);
  if (!isOfStack && !CONTEXT_KEYS.includes(key)) return undefined;
  const mend = isOfStack ? 'Move it into "params" in "context".' : 'Move it into "context".';
  const allowed = "settings inside it only";
  return mistakeText({ where, wrong: 'is outside "context"', got: shown(value), allowed, mend });
}
