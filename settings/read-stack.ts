import * as v from "valibot";
import type { Group } from "../constructs/schema";
import { type Checked, type Declared, onlyGiven } from "../constructs/setting";
import { unknownKey } from "../errors/nearest";
import { fromFile, inFileWords, pathInFile, snakeCase, type UnknownKey } from "./file-names";
import { type Belonging, type SettingMistake, unknownKeys } from "./mistakes";

/** One stack's settings as the user wrote them. */
export interface WrittenSettings {
  readonly name: "auth-stack" | "no-auth-stack";
  readonly params: Group;
  readonly overrides: Group;
}

/** A stack's settings, checked. A setting that is absent stays absent. */
export type Given<T extends Declared> = Partial<Checked<T>>;

/** The group in which a setting is written. */
export function groupOf({ name, overrides }: WrittenSettings, key: string): string {
  return key in overrides ? name : "params";
}

/** Checks a stack's settings one by one. Adds what is wrong to `mistakes`. */
export function readStack<T extends Declared>(
  written: WrittenSettings,
  declared: T,
  elsewhere: readonly Belonging[],
  mistakes: SettingMistake[],
): Given<T> {
  const { name, params, overrides } = written;
  mistakes.push(...unknownKeys(name, overrides, Object.keys(declared).map(snakeCase), elsewhere));
  const file: Group = { ...params, ...overrides };
  const unknown: UnknownKey[] = [];
  const values = inCode(declared, file, unknown);
  for (const { path, key, known } of unknown) {
    mistakes.push({ setting: place(written, [...path, key]), message: unknownKey(key, known) });
  }
  const { success, issues, output } = v.safeParse(v.object(declared), values, { abortPipeEarly: true });
  if (success) return onlyGiven(output, values);
  for (const issue of issues) {
    const names = (issue.path ?? []).map(({ key }) => String(key));
    mistakes.push({ setting: place(written, pathInFile(names, file)), message: inFileWords(issue.message) });
  }
  return {};
}

/** The settings of a file under the names of the code. */
function inCode(declared: Declared, file: Group, unknown: UnknownKey[]): Group {
  return Object.fromEntries(
    Object.entries(declared).flatMap(([name, schema]) => {
      const key = snakeCase(name);
      return key in file ? [[name, fromFile(schema, file[key], [key], unknown)]] : [];
    }),
  );
}

function place(written: WrittenSettings, path: readonly string[]): string {
  const [key = ""] = path;
  return [groupOf(written, key), ...path].join(".");
}
