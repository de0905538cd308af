// For `node -r`: runs the project's own TypeScript.
require("./require-packages");
require("./node-support");
require("./compile-typescript");
