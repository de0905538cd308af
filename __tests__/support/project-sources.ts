/** What of the project a synthesis reads: copied where a test runs one in a folder of its own. */
export const SYNTHESIS_SOURCES = [
  "aws",
  "bin",
  "bootstrap",
  "constructs",
  "errors",
  "lambda",
  "main.ts",
  "mapping",
  "package.json",
  "prices",
  "settings",
  "stacks",
  "webhooks",
];
