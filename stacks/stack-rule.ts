import type { AuthStackSettings } from "./schema/stack-schema";

/** A stack's settings, checked one by one. */
export type StackSettings = Partial<AuthStackSettings>;

/** The stack whose settings are looked at. */
export interface Place {
  readonly stack: "auth-stack" | "no-auth-stack";
  readonly environment: string | undefined;
}

export type Setting = keyof AuthStackSettings;

/** What has to hold between the settings of one stack. */
export interface StackRule {
  /** The setting to mend; of several, the first that breaks the rule. */
  readonly setting: Setting | readonly Setting[];
  /** Where the mistake is in an object: the key of what is to be mended. */
  readonly key?: string;
  /** Those that ask for it, where it is not written at all. */
  readonly because?: readonly Setting[];
  readonly isBroken: (settings: StackSettings, place: Place, setting: Setting) => boolean;
  readonly wrong: string;
  readonly allowed: string | ((settings: StackSettings, place: Place) => string);
  readonly mend: string;
}

/** Is the stack's queue, its own or an existing one, first-in-first-out? */
export function isFifo({ fifo, existing_queue_arn: arn = "" }: StackSettings): boolean {
  return fifo === true || arn.endsWith(".fifo");
}
