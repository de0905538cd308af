// Writes docs/api/, or the folder that is named: what the package exports, from the TSDoc of the sources.
require("./require-packages");
const { join, posix, resolve } = require("node:path");
const { exports: entries } = require("../package.json");

const root = resolve(__dirname, "..");

/** Each entry's source, and the name by which users import it. */
const modules = Object.entries(entries)
  .filter(([, file]) => file.endsWith(".js"))
  .map(([entry, file]) => ({
    source: file.replace(/^\.\/dist\/(.*)\.js$/, "$1"),
    name: posix.join("queue-leveling", entry),
  }));

async function main(out) {
  const { Application } = await import("typedoc");
  const app = await Application.bootstrapWithPlugins({
    plugin: ["typedoc-plugin-markdown"],
    entryPoints: modules.map(({ source }) => join(root, `${source}.ts`)),
    tsconfig: join(root, "tsconfig.package.json"),
    basePath: root,
    name: "queue-leveling",
    readme: "none",
    // It warns of comments that it finds twice, at the same place.
    logLevel: "Error",
    disableSources: true,
    excludeExternals: true,
    excludeInternal: true,
    excludePrivate: true,
    outputs: [{ name: "markdown", path: out }],
    router: "module",
    flattenOutputFiles: true,
    entryFileName: "README",
    hideBreadcrumbs: true,
    hidePageHeader: true,
    hideGroupHeadings: true,
  });
  const project = await app.convert();
  if (project === undefined) throw new Error("The sources have mistakes: npm run typecheck tells them.");
  for (const child of project.children) {
    child.name = modules.find(({ source }) => source === child.name).name;
  }
  await app.generateOutputs(project);
}

void main(process.argv[2] ?? join(root, "docs", "api"));
