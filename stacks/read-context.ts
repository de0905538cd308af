import { readJsonFile } from "../errors/read-json-file";
import { type Group, isGroup } from "./group";
import { settingMessage } from "./setting-message";
import { CONTEXT_KEYS, STACK_SETTINGS } from "./setting-names";
import { nearest } from "./unknown-keys";

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
  return new Error(`${FILE}: ${settingMessage("can't be read", got, allowed, "Mend the file.")}`);
}

/** What is wrong with a key that CDKTF does not know, and would pass over. */
function settingBeside(key: string, value: unknown): string | undefined {
  if (key !== "context" && nearest(key, ["context"]) !== undefined) {
    return `${FILE} ${key}: ${settingMessage("is misspelt", key, '"context" holds the settings', 'Write "context".')}`;
  }
  const isOfStack = STACK_SETTINGS.includes(key);
  if (!isOfStack && !CONTEXT_KEYS.includes(key)) return undefined;
  const mend = isOfStack ? 'Move it into "params" in "context".' : 'Move it into "context".';
  return `${FILE} ${key}: ${settingMessage('is outside "context"', value, "settings inside it only", mend)}`;
}
