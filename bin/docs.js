// Writes what is generated: the tables in the pages and the JSON Schema of cdktf.json.
require("./register");
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { monitoringPage } = require("../reference/monitoring-page");
const { policyPage } = require("../reference/policy-page");
const { sizingPage } = require("../reference/sizing-page");
const { generatedFiles } = require("../reference/settings-pages");
const { webhooksPage } = require("../reference/webhooks-page");

for (const [file, text] of [
  ...generatedFiles(),
  policyPage(),
  ...sizingPage(),
  ...monitoringPage(),
  webhooksPage(),
])
  writeFileSync(join(__dirname, "..", file), text);
