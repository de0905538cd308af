import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { type Zippable, zipSync } from "fflate";

/** What Lambda's Node.js runtime loads as `index`. */
export const ENTRY_FILES = ["index.js", "index.mjs", "index.cjs"];

/**
 * A folder as a ZIP archive beside the stack's JSON. The same files give the same bytes on every machine: in order of their paths,
 * with one time, and compressed by JavaScript alone. CDKTF's own archives have the files' times, and are made by the machine's zlib.
 */
export class FolderArchive extends Construct {
  /** Where Terraform finds it. */
  public readonly path: string;
  /** What Lambda tells of an archive: its SHA-256 in Base64. */
  public readonly sha256: string;

  constructor(scope: Construct, id: string, folder: string, fileName: string) {
    super(scope, id);
    const archive = zip(folder);
    this.path = `\${path.module}/${fileName}`;
    this.sha256 = createHash("sha256").update(archive).digest("base64");
    writeWithStack(TerraformStack.of(this), fileName, archive);
  }
}

/** Adds a file to what a stack's synthesis writes. */
function writeWithStack(stack: TerraformStack, fileName: string, content: Uint8Array): void {
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize(session) {
      synthesizer.synthesize(session);
      const { synthesizedStackPath } = session.manifest.forStack(stack);
      writeFileSync(join(session.outdir, dirname(synthesizedStackPath), fileName), content);
    },
  };
}

/** Local time without a zone, which is what an archive has. */
const TIME = new Date(1980, 0, 1);

const UNIX = 3;
const READABLE_FILE = 0o100644;

/** Can the folder be read, and does it hold what Lambda loads? */
export function holdsHandler(folder: string): boolean {
  try {
    return readdirSync(folder).some((file) => ENTRY_FILES.includes(file));
  } catch {
    return false;
  }
}

function zip(folder: string): Uint8Array {
  // In one order, since folders are read in that of the file system.
  const files = filesIn(folder, "").sort((a, b) => (a < b ? -1 : 1));
  const options = { mtime: TIME, os: UNIX, attrs: READABLE_FILE << 16, level: 9 } as const;
  const entries: Zippable = {};
  for (const file of files) entries[file] = [readFileSync(join(folder, file)), options];
  return zipSync(entries);
}

/** The files' paths below the folder. Names that begin with a period are the machine's, such as `.DS_Store`. */
function filesIn(folder: string, path: string): string[] {
  return readdirSync(join(folder, path))
    .filter((name) => !name.startsWith("."))
    .flatMap((name) => {
      const inner = path === "" ? name : `${path}/${name}`;
      return statSync(join(folder, inner)).isDirectory() ? filesIn(folder, inner) : [inner];
    });
}
