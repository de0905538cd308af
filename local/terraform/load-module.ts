import { existsSync } from "node:fs";
import { join, normalize } from "node:path";
import { type LoadedModule, type ModuleDocument, moduleCalls } from "./configuration/module-blocks";
import { type ObjectValue, isObject } from "./expression/value";
import { StackError } from "./stack-error";
import { moduleFiles, readDocument, readObjectFile } from "./stack-files";

/** Where a module is in the tree of calls. */
interface ModulePlace {
  /** Names of the calls that lead to it: empty for the root module. */
  readonly calls: readonly string[];
  /** Its folder, relative to that of the root module. */
  readonly path: string;
  /** Folders of the modules that lead to it. */
  readonly callers: readonly string[];
}

/**
 * Reads the modules that a root module calls, and those that they call: where `terraform init` has put them, or, if it has not
 * run, where a local source says.
 * @param folder of the root module
 * @throws StackError for files that can't be read, and modules that call themselves
 */
export async function loadRootModule(
  folder: string,
  documents: readonly ModuleDocument[],
): Promise<LoadedModule> {
  const installed = installedModules(folder);
  const read = new Map<string, Promise<readonly ModuleDocument[]>>();
  let count = 0;
  return load({ calls: [], path: ".", callers: [] }, documents);

  async function load(place: ModulePlace, own: readonly ModuleDocument[]): Promise<LoadedModule> {
    const called = await Promise.all(
      Array.from(moduleCalls(own), async ([name, { source }]) => {
        const child = childPlace(place, name, source, installed);
        return child === undefined ? [] : [[name, await loadChild(child)] as const];
      }),
    );
    return { path: place.path, documents: own, modules: new Map(called.flat()) };
  }

  async function loadChild(place: ModulePlace): Promise<LoadedModule> {
    refuseCircle(place);
    const at = join(folder, place.path);
    if (!existsSync(at)) throw missingFolder(place);
    count += 1;
    if (count > MOST_MODULES) throw tooMany(place);
    const documents = read.get(at) ?? documentsIn(at);
    read.set(at, documents);
    return load(place, await documents);
  }
}

/** Far beyond what a stack needs: modules that call each other twice and more grow without end. */
const MOST_MODULES = 5000;

function documentsIn(folder: string): Promise<readonly ModuleDocument[]> {
  return Promise.all(moduleFiles(folder).map((file) => readDocument(folder, file)));
}

function tooMany(place: ModulePlace): StackError {
  return new StackError({
    address: sourceAddress(place),
    wrong: `is a module too many`,
    allowed: `${MOST_MODULES} modules are read`,
    mend: "Serve a part of the stack",
  });
}

/** The modules that a module calls, and those that they call. */
export function calledModules({ modules }: LoadedModule): readonly LoadedModule[] {
  return Array.from(modules.values()).flatMap((module) => [module, ...calledModules(module)]);
}

/** Undefined for a module from elsewhere that is not installed. */
function childPlace(
  { calls, path, callers }: ModulePlace,
  name: string,
  source: unknown,
  installed: ReadonlyMap<string, string>,
): ModulePlace | undefined {
  const own = [...calls, name];
  const local = typeof source === "string" && /^\.{1,2}\//.test(source) ? join(path, source) : undefined;
  const found = installed.get(own.join(".")) ?? local;
  if (found === undefined) return undefined;
  return { calls: own, path: normalize(found).replace(/\/$/, ""), callers: [...callers, path] };
}

function missingFolder(place: ModulePlace): StackError {
  return new StackError({
    address: sourceAddress(place),
    wrong: "leads to a folder that is not there",
    got: place.path,
    mend: "Correct it, or give the stack with its modules' folders beside it",
  });
}

function sourceAddress({ calls }: ModulePlace): string {
  return `module.${calls.join(".module.")}.source`;
}

function refuseCircle(place: ModulePlace): void {
  const { path, callers } = place;
  if (!callers.includes(path)) return;
  throw new StackError({
    address: sourceAddress(place),
    wrong: "is a module that calls itself",
    got: path,
    mend: "Break the circle",
  });
}

/** Folders, relative to the root module's, by the names of the calls. @see https://developer.hashicorp.com/terraform/cli/commands/init#child-module-installation */
function installedModules(folder: string): ReadonlyMap<string, string> {
  const file = join(folder, ".terraform", "modules", "modules.json");
  if (!existsSync(file)) return new Map();
  const { Modules: all } = readObjectFile(file);
  const entries = (Array.isArray(all) ? all.filter(isObject) : []).flatMap(({ Key, Dir }: ObjectValue) =>
    typeof Key === "string" && typeof Dir === "string" && existsSync(join(folder, Dir))
      ? [[Key, Dir] as const]
      : [],
  );
  return new Map(entries);
}
