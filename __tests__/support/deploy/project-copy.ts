import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { mainWithOverrides, type ResourceOverrides } from "./resource-overrides";
import { copySources, SYNTHESIS_SOURCES } from "../project-sources";

const PROJECT = resolve(__dirname, "..", "..", "..");
const SOURCES = [...SYNTHESIS_SOURCES, "cdktf.json"];

/** `context` of cdktf.json. */
export type Context = Readonly<Record<string, unknown>>;

/**
 * A copy of the project in a temporary folder, with settings of its own: tests that run side by side share neither
 * `cdktf.out` nor state. The dependencies are those of the project.
 */
export class ProjectCopy {
  public readonly folder = mkdtempSync(join(tmpdir(), "queue-leveling-"));

  constructor() {
    copySources(SOURCES, this.folder);
    linkDependencies(join(PROJECT, "node_modules"), join(this.folder, "node_modules"));
  }

  /** Replaces the settings; everything else in cdktf.json stays as in the project. */
  public configure(context: Context): void {
    const file = join(this.folder, "cdktf.json");
    const config = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    writeFileSync(file, JSON.stringify({ ...config, context }, undefined, 2));
  }

  /** Replaces attributes of the stacks' resources; those of an earlier call are as in the project again. */
  public override(overrides: ResourceOverrides): void {
    const main = readFileSync(join(PROJECT, "main.ts"), "utf8");
    writeFileSync(join(this.folder, "main.ts"), mainWithOverrides(main, overrides));
  }

  /** Folder of a synthesized stack: all that plain Terraform needs. */
  public stackFolder(stack: string): string {
    return join(this.folder, "cdktf.out", "stacks", stack);
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Links each package by itself: what the project's commands cache in `node_modules` belongs to one copy. */
function linkDependencies(from: string, to: string): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) if (name !== ".cache") symlinkSync(join(from, name), join(to, name));
}
