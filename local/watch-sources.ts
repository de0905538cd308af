import { once } from "node:events";
import path from "node:path";
import { watch } from "chokidar";

/** Milliseconds without a further change after which a change counts: editors write several files at once. */
const quietTime = 100;

/**
 * Calls `onChange` after files below `paths` have changed, never twice at once; a change meanwhile makes it run again.
 * Installed packages, output folders of CDKTF and hidden files are not looked at.
 * @returns once every change counts; it ends the watching
 */
export async function watchSources(
  paths: readonly string[],
  onChange: () => Promise<void>,
): Promise<() => Promise<void>> {
  const watcher = watch([...paths], { ignoreInitial: true, ignored: isNoSource });
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  watcher.on("all", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(onChange);
    }, quietTime);
  });
  await once(watcher, "ready");
  return async () => {
    clearTimeout(timer);
    await watcher.close();
    await running;
  };
}

function isNoSource(file: string): boolean {
  const relative = path.relative(process.cwd(), file);
  return /(^|[\\/])(node_modules|coverage|\.[^\\/.][^\\/]*)($|[\\/])|^cdktf\.(?!json$)/.test(relative);
}
