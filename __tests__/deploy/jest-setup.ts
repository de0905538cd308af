// The AWS provider waits 25 s for each queue that it creates or changes, and the test files share the machine.
jest.setTimeout(600_000);

// Node.js 20 is supported on purpose.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
