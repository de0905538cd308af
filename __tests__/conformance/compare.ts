/** How a difference is told; undefined without one. */
export type Difference = string | undefined;

/** What an expectation's placeholders stand for. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  "<uuid>": "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
  "{apiId}": "[\\w-]+",
  "<acct>": "\\d{12}",
  "<queue>": "[\\w.-]+",
};

/** Compares a text; `<uuid>` and its like stand for any value of that kind. */
export function textDifference(what: string, expected: string, actual: string, compare?: string): Difference {
  if (compare === "json") return jsonTextDifference(what, JSON.parse(expected), actual);
  const normalize = NORMALIZERS[compare ?? "exact"];
  if (normalize === undefined) return `${what}: the comparison "${compare ?? ""}" is unknown`;
  const [wanted, given] = [normalize(expected), normalize(actual)];
  if (wanted === given || withPlaceholders(wanted).test(given)) return undefined;
  return `${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`;
}

const NORMALIZERS: Readonly<Record<string, (text: string) => string>> = {
  exact: (text) => text,
  trim: (text) => text.trim(),
  "whitespace-normalized": (text) => text.trim().replaceAll(/\s+/g, " "),
};

function withPlaceholders(text: string): RegExp {
  const source = text
    .split(/(<uuid>|\{apiId\}|<acct>|<queue>)/)
    .map((part) => PLACEHOLDERS[part] ?? escape(part));
  return new RegExp(`^${source.join("")}$`);
}

function escape(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** Compares JSON values as wholes; texts in them by `textDifference`. */
export function jsonDifference(what: string, expected: unknown, actual: unknown): Difference {
  if (typeof expected === "string" && typeof actual === "string") {
    return textDifference(what, expected, actual);
  }
  if (!isRecord(expected) || !isRecord(actual)) {
    return JSON.stringify(expected) === JSON.stringify(actual) ? undefined : unequal(what, expected, actual);
  }
  if (Array.isArray(expected) !== Array.isArray(actual)) return unequal(what, expected, actual);
  const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  for (const key of keys) {
    const difference = jsonDifference(`${what}.${key}`, expected[key], actual[key]);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** Compares only what the expectation names. */
export function partDifference(what: string, expected: unknown, actual: unknown): Difference {
  if (!isRecord(expected) || Array.isArray(expected)) return jsonDifference(what, expected, actual);
  if (!isRecord(actual)) return unequal(what, expected, actual);
  for (const key of Object.keys(expected)) {
    const difference = partDifference(`${what}.${key}`, expected[key], actual[key]);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** Compares a text that must be JSON. */
export function jsonTextDifference(what: string, expected: unknown, actual: string): Difference {
  try {
    return jsonDifference(what, expected, JSON.parse(actual));
  } catch {
    return `${what}: expected JSON, got ${JSON.stringify(actual)}`;
  }
}

function unequal(what: string, expected: unknown, actual: unknown): string {
  return `${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
