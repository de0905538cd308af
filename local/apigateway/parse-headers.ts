import { MultiValues } from "./multi-values";

/** The headers under the names that were sent. Node reads header bytes as Latin-1; callers send UTF-8. */
export function parseHeaders(rawHeaders: readonly string[]): MultiValues {
  return new MultiValues(rawHeaders.some(isBeyondAscii) ? rawHeaders.map(latin1ToUtf8) : rawHeaders);
}

const BEYOND_ASCII = /[\u0080-\u00ff]/;

function isBeyondAscii(text: string): boolean {
  return BEYOND_ASCII.test(text);
}

function latin1ToUtf8(text: string): string {
  return isBeyondAscii(text) ? Buffer.from(text, "latin1").toString("utf8") : text;
}
