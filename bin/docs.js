// Writes what is generated from the settings' declarations: the tables in the pages and the JSON Schema of cdktf.json.
require("./register");
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { generatedFiles } = require("../settings/reference");

for (const [file, text] of generatedFiles()) writeFileSync(join(__dirname, "..", file), text);
