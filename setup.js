// Jest set-up, run before every test file: adds CDKTF's matchers (toHaveResourceWithProperties, …).
const { Testing } = require("cdktf");

Testing.setupJest();

// Node.js 20 is supported on purpose.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
