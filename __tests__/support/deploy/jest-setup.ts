// The AWS provider waits 25 s for each queue that it creates or changes, and the test files share the machine.
jest.setTimeout(600_000);
