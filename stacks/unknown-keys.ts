import { distance } from "fastest-levenshtein";
import { settingMessage } from "./setting-message";
import type { SettingMistake } from "./settings-error";

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
          ? settingMessage("is not a setting here", value, belonging.allowed, belonging.mend)
          : unknownKey(key, known),
      };
    });
}

/** Text about a key that is known nowhere, with the nearest known one before all others. */
export function unknownKey(key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  const all = `known here: ${known.join(", ")}`;
  const allowed = near === undefined ? all : `did you mean "${near}"? Known here: ${known.join(", ")}`;
  return settingMessage("is not a setting", key, allowed, "Correct the name, or drop it.");
}

/** The known key that `key` is most likely a slip of; undefined where none is alike. */
export function nearest(key: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((name) => ({ name, steps: distance(key.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps);
  return best && best.steps <= Math.max(key.length, best.name.length) / 2 ? best.name : undefined;
}
