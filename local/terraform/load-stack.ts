import { basename, dirname, resolve } from "node:path";
import type { LoadedModule, ModuleDocument } from "./configuration/module-blocks";
import { refuseOtherConfiguration } from "./configuration/same-configuration";
import type { VariableValues } from "./configuration/variables";
import { calledModules, loadRootModule } from "./load-module";
import { StackError } from "./stack-error";
import type { ObjectValue } from "./expression/value";
import { isPlan, refuseStateWithoutResources } from "./state-resources";
import { isFolder, isZipFile, moduleFiles, readDocument } from "./stack-files";
import { automaticVariables } from "./variable-files";

/** The files of a stack, not yet understood. */
export interface LoadedStack {
  readonly name: string;
  /** Where relative paths of the stack start. */
  readonly folder: string;
  /** Of a plan, its configuration where that lies beside it; without documents where it does not. */
  readonly root: LoadedModule;
  /** What `terraform show -json` tells of a plan file. */
  readonly plan?: ObjectValue;
  /** What the stack's own files of variables say; a later one counts. */
  readonly variables: VariableValues;
}

/**
 * Reads a file, or a folder as Terraform does, with the modules that it calls.
 * @throws StackError for what can't be read
 */
export async function loadStack(path: string): Promise<LoadedStack> {
  const full = resolve(path);
  return isFolder(path) ? loadFolder(full) : loadFile(full);
}

/** The folders of the modules that a stack calls, those of their modules too, each once. */
export function moduleFolders({ folder, root }: LoadedStack): readonly string[] {
  return [...new Set(calledModules(root).map(({ path }) => resolve(folder, path)))];
}

/** A stack whose only file is read already. */
export function loadedDocument(document: ModuleDocument, name: string, folder: string): LoadedStack {
  const plan = isPlan(document.content) ? document.content : undefined;
  const documents = plan === undefined ? [document] : [];
  const root = { path: ".", documents, modules: new Map() };
  return { name, folder, root, ...(plan && { plan }), variables: [] };
}

async function loadFile(full: string): Promise<LoadedStack> {
  const folder = dirname(full);
  const file = basename(full);
  refuseOtherKind(full);
  const document = await readDocument(folder, file);
  if (/\.tf(?:\.json)?$/.test(file)) return loadConfiguration(folder, [document]);
  refuseStateWithoutResources(full, document.content);
  const alone = loadedDocument(document, basename(file, ".json"), folder);
  if (alone.plan?.errored === true) throw unfinished(full);
  if (alone.plan === undefined || moduleFiles(folder).length === 0) return alone;
  const loaded = await loadFolder(folder);
  refuseOtherConfiguration(full, alone.plan, loaded.root);
  return { ...loaded, plan: alone.plan };
}

/** What Terraform writes and reads beside configurations, known before it is read as JSON. */
function refuseOtherKind(file: string): void {
  if (/\.tfvars(?:\.json)?$/.test(file)) {
    throw new StackError({
      address: file,
      wrong: "is a file of variables and no stack",
      mend: "Give the folder of the configuration, and this file by --var-file",
    });
  }
  if (isZipFile(file)) {
    throw new StackError({
      address: file,
      wrong: "is a plan file as `terraform plan -out` writes it, which Terraform alone can read",
      mend: `Give what \`terraform show -json ${basename(file)}\` prints in the folder of its configuration`,
    });
  }
}

async function loadFolder(folder: string): Promise<LoadedStack> {
  const files = moduleFiles(folder);
  if (files.length > 0) {
    return loadConfiguration(folder, await Promise.all(files.map((file) => readDocument(folder, file))));
  }
  throw new StackError({
    address: folder,
    wrong: "holds no Terraform configuration",
    allowed: "*.tf and *.tf.json files are read",
    mend: "Name the folder of a root module",
  });
}

async function loadConfiguration(folder: string, documents: readonly ModuleDocument[]): Promise<LoadedStack> {
  const [root, variables] = await Promise.all([
    loadRootModule(folder, documents),
    automaticVariables(folder),
  ]);
  return { name: basename(folder), folder, root, variables };
}

function unfinished(file: string): StackError {
  return new StackError({
    address: file,
    wrong: "is a plan that Terraform did not finish, because of an error",
    mend: "Plan again, and give that plan",
  });
}
