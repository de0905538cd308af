import { oneLine } from "./printable";

/** One mistake, told as people read it: where it is, what is wrong, what is there, what is allowed, how to mend it. */
export interface Mistake {
  /** A setting, a construct's path, a Terraform address, a file: absent where another writer puts it before the text. */
  readonly where?: string;
  readonly wrong: string;
  /** What is there; see {@link shown}. */
  readonly got?: string | undefined;
  readonly allowed?: string | undefined;
  /** A whole sentence. */
  readonly mend?: string | undefined;
}

/** The one shape of every error that people read: `where: wrong, got …; allowed. Mend.`, on one line. */
export function mistakeText({ where, wrong, got, allowed, mend }: Mistake): string {
  const parts = [
    where === undefined ? "" : `${where}: `,
    wrong,
    got === undefined ? "" : `, got ${got}`,
    allowed === undefined ? "" : `; ${allowed}`,
    mend === undefined ? "" : `. ${mend}`,
  ];
  return oneLine(parts.join(""));
}

/** Longest value that is shown whole; templates and schemas can be long. */
const LONGEST_SHOWN = 300;

/** A value as a mistake shows it: as JSON, cut short. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number") return String(value);
  try {
    const text = JSON.stringify(value);
    return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 1)}…` : text;
  } catch {
    return "a value that is nested too deep to be shown";
  }
}

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
