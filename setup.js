// Jest set-up, run before every test file: adds CDKTF's matchers (toHaveResourceWithProperties, …).
const { Testing } = require("cdktf");

Testing.setupJest();
