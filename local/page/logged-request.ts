import type { RequestTrace } from "../request-trace";

/** A request as the page shows it. */
export interface LoggedRequest {
  /** Counts up from 1. */
  readonly number: number;
  readonly stack: string;
  /** A `RequestTrace` without secrets and `$context`, its long texts cut. */
  readonly trace: unknown;
  /** Characters of it, about. */
  readonly size: number;
}

/** Characters of one text that are kept. */
const longestText = 16 * 1024;

/**
 * Makes a trace fit to be shown: wherever one of the secrets stands, also as part of a text or URL-encoded, `***` stands
 * instead. A secret of less than four characters is masked only where it is the whole text.
 */
export function loggedRequest(
  number: number,
  stack: string,
  trace: RequestTrace,
  secrets: readonly string[],
): LoggedRequest {
  let size = 0;
  const masks = secretForms(secrets);
  const show = (value: unknown): unknown => {
    if (typeof value === "string") {
      const text = shortened(masked(value, masks));
      size += text.length;
      return text;
    }
    if (Buffer.isBuffer(value)) return show(value.toString());
    if (Array.isArray(value)) return value.map(show);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, show(member)]));
  };
  return { number, stack, trace: show({ ...trace, context: undefined }), size };
}

function secretForms(secrets: readonly string[]): string[] {
  const plain = secrets.flatMap((secret) => [secret, secret.replace(/^\w+ +/, "")]);
  const forms = new Set(
    plain.flatMap((text) => [
      text,
      encodeURIComponent(text.toWellFormed()),
      JSON.stringify(text).slice(1, -1),
    ]),
  );
  // The longest first: a part of it must not be replaced before.
  return [...forms].filter((text) => text !== "").sort((a, b) => b.length - a.length);
}

function masked(text: string, secrets: readonly string[]): string {
  let result = text;
  for (const secret of secrets) {
    if (result === secret) return "***";
    if (secret.length >= 4) result = result.replaceAll(secret, "***");
  }
  return result;
}

function shortened(text: string): string {
  if (text.length <= longestText) return text;
  // A slice keeps the whole text in memory; a copy of its characters does not.
  const start = Buffer.from(text.slice(0, longestText)).toString();
  return `${start}… (${text.length - longestText} more characters)`;
}
