import { once } from "node:events";
import path from "node:path";
import { watch } from "chokidar";

/** Milliseconds without a further change after which a change counts: editors write several files at once. */
const QUIET_TIME = 100;

/**
 * Calls `onChange` after files below `paths` have changed, never twice at once; a change meanwhile makes it run again.
 * Installed packages, output folders of CDKTF and hidden files below a path are not looked at; the path itself is.
 * @returns once every change counts; it ends the watching
 */
export async function watchSources(
  paths: readonly string[],
  onChange: () => Promise<void>,
): Promise<() => Promise<void>> {
  const roots = paths.map((root) => path.resolve(root));
  const watcher = watch(roots, { ignoreInitial: true, ignored: (file) => isNoSource(file, roots) });
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  watcher.on("all", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(onChange);
    }, QUIET_TIME);
  });
  await once(watcher, "ready");
  return async () => {
    clearTimeout(timer);
    await watcher.close();
    await running;
  };
}

function isNoSource(file: string, roots: readonly string[]): boolean {
  const below = roots
    .map((root) => path.relative(root, file))
    .filter((relative) => !relative.startsWith("..") && !path.isAbsolute(relative));
  return below.every((relative) =>
    /(^|[\\/])(node_modules|coverage|\.[^\\/.][^\\/]*)($|[\\/])|^cdktf\.(?!json$)/.test(relative),
  );
}
