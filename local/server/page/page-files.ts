import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

/** One of the page's own files, as it is served. */
export interface PageFile {
  readonly contentType: string;
  readonly content: Buffer;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Reads the page's files once, by the URL path that serves each: only these paths exist, whatever a URL spells. */
export function readPageFiles(): ReadonlyMap<string, PageFile> {
  const folder = path.join(__dirname, "assets");
  return new Map(
    readdirSync(folder).map((name) => [
      name === "index.html" ? "/" : `/_page/${name}`,
      {
        contentType: CONTENT_TYPES[path.extname(name)] ?? "application/octet-stream",
        content: readFileSync(path.join(folder, name)),
      },
    ]),
  );
}
