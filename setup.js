// Jest set-up, run before every test file: adds CDKTF's matchers (toHaveResourceWithProperties, …).
const { Testing } = require("cdktf");

Testing.setupJest();

// What starts servers and programs takes longer than Jest's 5 s where the machine has other things to do.
jest.setTimeout(30_000);
