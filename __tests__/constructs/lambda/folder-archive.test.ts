import { createHash } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { App, TerraformStack } from "cdktf";
import { unzipSync } from "fflate";
import { FolderArchive } from "../../../constructs/lambda/folder-archive";

const scratch = mkdtempSync(join(tmpdir(), "queue-leveling-archive-"));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** A folder with these files, made in this order. */
function folderOf(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(scratch, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

function archiveOf(folder: string, outdir = mkdtempSync(join(scratch, "out-"))) {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "stack");
  const archive = new FolderArchive(stack, "Archive", folder, "function.zip");
  app.synth();
  return { archive, content: readFileSync(join(outdir, "stacks", "stack", "function.zip")) };
}

const FILES = { "index.js": "exports.handler = 1;", "lib/a.js": "1", "B.js": "2" };

test("the archive stands beside the stack's JSON, with the folder's files and nothing of the machine's", () => {
  const folder = folderOf("all", { ...FILES, ".DS_Store": "x", "lib/.git/config": "x" });
  const { archive, content } = archiveOf(folder);
  const read = Object.entries(unzipSync(content)).map(([name, bytes]) => [
    name,
    Buffer.from(bytes).toString(),
  ]);
  expect(read).toEqual([
    ["B.js", "2"],
    ["index.js", "exports.handler = 1;"],
    ["lib/a.js", "1"],
  ]);
  expect(archive.path).toBe("${path.module}/function.zip");
  expect(archive.sha256).toBe(createHash("sha256").update(content).digest("base64"));
});

test("the same files give the same bytes, whatever their times, their order and their place", () => {
  const one = folderOf("one", FILES);
  const other = folderOf("deeper/other", Object.fromEntries(Object.entries(FILES).reverse()));
  utimesSync(join(other, "index.js"), 1, 1);
  expect(archiveOf(other).content).toEqual(archiveOf(one).content);
});

/** Prints the hash of a folder's archive. */
const SCRIPT = `
  const { App, TerraformStack } = require("cdktf");
  const { FolderArchive } = require("./constructs/lambda/folder-archive");
  const stack = new TerraformStack(new App({ outdir: process.argv[1] }), "stack");
  process.stdout.write(new FolderArchive(stack, "Archive", process.argv[2], "function.zip").sha256);
`;

test("so does another time zone", () => {
  const folder = folderOf("zones", FILES);
  const hashIn = (TZ: string) => {
    const args = ["-r", "./bin/register.js", "-e", SCRIPT, scratch, folder];
    return spawnSync(process.execPath, args, { env: { ...process.env, TZ }, encoding: "utf8" }).stdout;
  };
  const { sha256 } = archiveOf(folder).archive;
  expect([hashIn("Pacific/Kiritimati"), hashIn("America/Los_Angeles")]).toEqual([sha256, sha256]);
});

test("a changed file changes the archive, and a link's target is taken for the link", () => {
  const before = archiveOf(folderOf("change", FILES)).archive.sha256;
  const folder = folderOf("change", { "B.js": "3" });
  expect(archiveOf(folder).archive.sha256).not.toBe(before);
  symlinkSync(join(folder, "B.js"), join(folder, "link.js"));
  expect(Object.keys(unzipSync(archiveOf(folder).content))).toContain("link.js");
});
