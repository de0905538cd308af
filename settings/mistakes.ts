import { unknownKey } from "../errors/nearest";
import { mistakeText, shown } from "../errors/mistake";

/** One mistake in the settings. */
export interface SettingMistake {
  /** Path of the setting below `context` in cdktf.json, such as `params.aws_region_name`. */
  readonly setting: string;
  /** What is wrong, what was given, what is allowed, how to mend it. */
  readonly message: string;
}

/** The settings can't be used: one line for each mistake. */
export class SettingsError extends Error {
  public override readonly name = "SettingsError";

  constructor(mistakes: readonly SettingMistake[]) {
    const lines = mistakes.map(({ setting, message }) => `cdktf.json context.${setting}: ${message}`);
    super([...new Set(lines)].join("\n"));
  }
}

/** Where a key that is unknown in one group belongs: what is allowed, and how to mend it. */
export interface Belonging {
  readonly keys: readonly string[];
  readonly allowed: string;
  readonly mend: string;
}

/**
 * A mistake for each key of `group` that is not one of `known`; `path` leads to the group, `""` at the top. A key that
 * belongs `elsewhere` is sent there, any other is answered with the nearest known one.
 */
export function unknownKeys(
  path: string,
  group: object,
  known: readonly string[],
  elsewhere: readonly Belonging[] = [],
): SettingMistake[] {
  return Object.entries(group)
    .filter(([key]) => !known.includes(key))
    .map(([key, value]: [string, unknown]) => {
      const belonging = elsewhere.find(({ keys }) => keys.includes(key));
      return {
        setting: path === "" ? key : `${path}.${key}`,
        message: belonging
          ? mistakeText({ wrong: "is not a setting here", got: shown(value), ...belonging })
          : unknownKey(key, known),
      };
    });
}
