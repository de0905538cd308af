// Ends the process with one line where a package is missing, for which Node.js has a stack trace.
const { existsSync } = require("node:fs");
const { join } = require("node:path");
const { dependencies, peerDependencies } = require("../package.json");

const missing = Object.keys({ ...dependencies, ...peerDependencies }).filter(
  (name) => !existsSync(join(__dirname, "..", "node_modules", name)),
);
if (missing.length > 0) {
  const more = missing.length > 3 ? ` and ${missing.length - 3} more` : "";
  console.error(
    `node_modules: lacks packages, got no ${missing.slice(0, 3).join(", ")}${more}; all that package-lock.json lists. Run npm ci --include=dev in the project's folder.`,
  );
  process.exit(1);
}
