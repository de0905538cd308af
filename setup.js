// Jest set-up, run before every test file.
const { join, relative } = require("node:path");

// What starts servers and programs takes longer than Jest's 5 s where the machine has other things to do.
jest.setTimeout(30_000);

const [folder] = relative(join(__dirname, "__tests__"), expect.getState().testPath).split("/");
if (["constructs", "stacks"].includes(folder)) setUpCdktf();

/** Adds CDKTF's matchers (toHaveResourceWithProperties, …). Elsewhere loading it would be half of a small file's time. */
function setUpCdktf() {
  require("cdktf").Testing.setupJest();
  require("./bin/skip-token-traces");
}
