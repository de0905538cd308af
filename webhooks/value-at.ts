/** The value at a path of keys, such as `$.action.id`, in what is read of JSON; undefined where there is no text or number. */
export function valueAt(json: unknown, jsonPath: string): string | undefined {
  let value = json;
  for (const key of jsonPath.split(".").slice(1)) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/** What a JSON text says; undefined where it is none. */
export function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
