import { accessSync, constants, readFileSync, writeFileSync } from "node:fs";
import { applyEdits, type FormattingOptions, modify } from "jsonc-parser";
import { type Group, isGroup } from "../constructs/schema";
import { messageOf, mistakeText, shown } from "../errors/mistake";
import { readJsonFile } from "../errors/read-json-file";
import { requireAllowed } from "./allowed-values";

const FILE = "cdktf.json";

/** The arguments of the `s3` backend in `cdktf.json` that name the bucket. */
export interface BucketPlace {
  readonly bucket?: string;
  readonly region?: string;
}

/**
 * What `cdktf.json` in the working directory says of the bucket so far.
 * @throws Error where its backend is another one, or the file can't be read and written
 */
export function readBucketPlace(): BucketPlace {
  const project = readJsonFile(FILE);
  const context = isGroup(project) ? project.context : undefined;
  const backend = isGroup(context) ? context.backend : undefined;
  const s3 = isGroup(backend) ? backend.s3 : undefined;
  if (!isGroup(s3)) throw otherBackend(backend);
  requireWritable();
  return { ...textOf(s3, "bucket"), ...textOf(s3, "region") };
}

/** Writes where the bucket is, and nothing else: the file keeps its form. Gives whether there was anything to write. */
export function writeBucketPlace(place: Required<BucketPlace>): boolean {
  const [, mark = "", before = ""] = /^(\uFEFF?)(.*)$/s.exec(readFileSync(FILE, "utf8")) ?? [];
  const formattingOptions = indentationOf(before);
  const after = Object.entries(place).reduce(
    (text, [name, value]) =>
      applyEdits(text, modify(text, ["context", "backend", "s3", name], value, { formattingOptions })),
    before,
  );
  if (after === before) return false;
  writeFileSync(FILE, mark + after);
  return true;
}

/** As the first line that has any is indented. */
function indentationOf(text: string): FormattingOptions {
  const [, indentation = "  "] = /^([\t ]+)\S/m.exec(text) ?? [];
  return { insertSpaces: !indentation.startsWith("\t"), tabSize: indentation.length };
}

const MEND_VALUE = "Correct it, or drop it.";

function textOf(s3: Group, name: keyof BucketPlace): BucketPlace {
  const value = s3[name];
  if (value === undefined) return {};
  const where = `${FILE} backend.s3.${name}`;
  if (typeof value === "string") {
    requireAllowed(name, value, where, MEND_VALUE);
    return { [name]: value };
  }
  throw new Error(
    mistakeText({
      where,
      wrong: "is not a text",
      got: shown(value),
      allowed: `the ${name} of the states`,
      mend: MEND_VALUE,
    }),
  );
}

function requireWritable(): void {
  try {
    accessSync(FILE, constants.W_OK);
  } catch (error) {
    throw new Error(
      mistakeText({
        where: FILE,
        wrong: "can't be written",
        got: messageOf(error),
        allowed: "a file that takes the bucket's name",
        mend: "Mend its permissions. Nothing was made.",
      }),
      { cause: error },
    );
  }
}

function otherBackend(backend: unknown): Error {
  return new Error(
    mistakeText({
      where: `${FILE} backend`,
      wrong: "is not s3, which is what a bucket is for",
      got: shown(isGroup(backend) ? Object.keys(backend) : backend),
      allowed: '"backend": { "s3": {} }',
      mend: 'Write that below "context" and run this again; a state that is elsewhere moves by terraform init -migrate-state.',
    }),
  );
}
