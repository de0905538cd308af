import { MultiValues } from "./multi-values";

/** The headers under the names that were sent. Node reads header bytes as Latin-1; callers send UTF-8. */
export function parseHeaders(rawHeaders: readonly string[]): MultiValues {
  const headers = new MultiValues();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.add(rawHeaders[index] ?? "", latin1ToUtf8(rawHeaders[index + 1] ?? ""));
  }
  return headers;
}

const beyondAscii = /[\u0080-\u00ff]/;

function latin1ToUtf8(value: string): string {
  return beyondAscii.test(value) ? Buffer.from(value, "latin1").toString("utf8") : value;
}
