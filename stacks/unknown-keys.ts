import { closest } from "fastest-levenshtein";
import { settingMessage } from "./setting-message";
import type { SettingMistake } from "./settings-error";

/** A mistake for each key of `group` that is not one of `known`; `path` leads to the group, `""` at the top. */
export function unknownKeys(path: string, group: object, known: readonly string[]): SettingMistake[] {
  return Object.keys(group)
    .filter((key) => !known.includes(key))
    .map((key) => ({
      setting: path === "" ? key : `${path}.${key}`,
      message: settingMessage(
        "is not a setting",
        key,
        `known here: ${known.join(", ")}`,
        `Did you mean "${closest(key, [...known])}"?`,
      ),
    }));
}
