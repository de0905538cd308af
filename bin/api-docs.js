// Writes docs/api/, or the folder that is named: what the package exports, from the TSDoc of the sources.
require("./require-packages");
const { readdirSync } = require("node:fs");
const { join, posix, resolve } = require("node:path");
const { name: packageName } = require("../package.json");

const root = resolve(__dirname, "..");
const entries = readdirSync(join(root, "package")).map((file) => join(root, "package", file));

/** As users import it. */
function importName(entry) {
  return entry === packageName ? packageName : posix.join(packageName, entry);
}

async function main(out) {
  const { Application, ReflectionKind } = await import("typedoc");
  const app = await Application.bootstrapWithPlugins({
    plugin: ["typedoc-plugin-markdown"],
    entryPoints: entries,
    tsconfig: join(root, "tsconfig.package.json"),
    basePath: join(root, "package"),
    name: packageName,
    readme: "none",
    // It warns of comments that it finds twice, at the same place.
    logLevel: "Error",
    disableSources: true,
    excludeExternals: true,
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
  for (const child of project.children) child.name = importName(child.name);
  for (const parameter of project.getReflectionsByKind(ReflectionKind.Parameter)) {
    // An object that is taken apart where it arrives.
    if (parameter.name === "__namedParameters") parameter.name = "props";
  }
  await app.generateOutputs(project);
}

void main(process.argv[2] ?? join(root, "docs", "api"));
