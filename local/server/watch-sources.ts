import { once } from "node:events";
import path from "node:path";
import { type FSWatcher, watch } from "chokidar";

/** Milliseconds without a further change after which a change counts: editors write several files at once. */
const QUIET_TIME = 100;

/**
 * Calls `onChange` after files below `paths` have changed, never twice at once; a change meanwhile makes it run again.
 * Installed packages, output folders of CDKTF and hidden files below a path are not looked at; the path itself is, and may go and come again.
 * @returns once every change counts; it ends the watching
 */
export async function watchSources(
  paths: readonly string[],
  onChange: () => Promise<void>,
): Promise<() => Promise<void>> {
  const roots = paths.map((root) => path.resolve(root));
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let ended = false;
  const changed = () => {
    clearTimeout(timer);
    if (ended) return;
    timer = setTimeout(() => {
      running = running.then(next);
    }, QUIET_TIME);
  };
  let watcher = await watching(roots, changed);
  const next = async () => {
    // A folder in another's place has its name, but not its watch.
    await watcher.close();
    watcher = await watching(roots, changed);
    await onChange();
  };
  return async () => {
    ended = true;
    clearTimeout(timer);
    await running;
    await watcher.close();
  };
}

async function watching(roots: readonly string[], changed: () => void): Promise<FSWatcher> {
  const ignored = (file: string) => isNoSource(file, roots) && !roots.some((root) => isBelow(root, file));
  const watcher = watch(roots.map(lastingFolder), { ignoreInitial: true, ignored });
  watcher.on("all", changed);
  // Only this tells of a folder that was replaced at once.
  watcher.on("raw", (event, name: string | null, details) => {
    const { watchedPath } = details as { readonly watchedPath: string };
    if (event === "rename" && name !== null && !ignored(path.join(watchedPath, name))) changed();
  });
  await once(watcher, "ready");
  return watcher;
}

/** Where a path is seen to come again after it went: this process's folder stays, and others' folders mostly do. */
function lastingFolder(root: string): string {
  const here = process.cwd();
  return isBelow(root, here) ? here : path.dirname(root);
}

/** Whether it is `folder` itself, or inside it. */
function isBelow(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return !/^\.\.($|[\\/])/.test(relative) && !path.isAbsolute(relative);
}

function isNoSource(file: string, roots: readonly string[]): boolean {
  const below = roots.filter((root) => isBelow(file, root)).map((root) => path.relative(root, file));
  return below.every((relative) =>
    /(^|[\\/])(node_modules|coverage|\.[^\\/.][^\\/]*)($|[\\/])|^cdktf\.(?!json$)/.test(relative),
  );
}
