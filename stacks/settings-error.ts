/** One mistake in the settings. */
export interface SettingMistake {
  /** Path of the setting below `context` in cdktf.json, such as `params.aws_region_name`. */
  readonly setting: string;
  /** Made by `settingMessage`. */
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
