#!/usr/bin/env node
// The package's command. Authorizers may be TypeScript.
require("./node-support");
require("./compile-typescript");
const { version } = require("queue-leveling/package.json");

require("../local/server/package-cli").runCommand(version);
