// Jest's workers and what they start have this from here.
require("./bin/node-support");

/** @type {import("jest").Config} */
const shared = {
  testEnvironment: "node",
  transform: { "\\.ts$": "@sucrase/jest-plugin" },
  modulePathIgnorePatterns: ["<rootDir>/cdktf\\.out/", "<rootDir>/dist/"],
};

/** Those need more than Node.js, and a project of their own. */
const OF_THEIR_OWN = "!**/__tests__/{deploy,localstack,package}/**";

/** @type {import("jest").Config} */
module.exports = {
  // Jest leaves a core idle otherwise, which on two cores is half of them.
  maxWorkers: "100%",
  projects: [
    {
      ...shared,
      displayName: "fast",
      testMatch: ["<rootDir>/__tests__/**/*.test.ts", OF_THEIR_OWN, "!**/*.slow.test.ts"],
      setupFilesAfterEnv: ["<rootDir>/setup.js"],
    },
    {
      ...shared,
      displayName: "thorough",
      testMatch: ["<rootDir>/__tests__/**/*.test.ts", OF_THEIR_OWN],
      setupFilesAfterEnv: ["<rootDir>/setup.js"],
      globals: { THOROUGH: true },
    },
    { ...shared, displayName: "package", testMatch: ["<rootDir>/__tests__/package/*.test.ts"] },
    ...["deploy", "localstack"].map((name) => ({
      ...shared,
      displayName: name,
      testMatch: [`<rootDir>/__tests__/${name}/**/*.test.ts`],
      globalSetup: "<rootDir>/__tests__/support/deploy/global-setup.ts",
      globalTeardown: "<rootDir>/__tests__/support/deploy/global-teardown.ts",
      setupFilesAfterEnv: ["<rootDir>/__tests__/support/deploy/jest-setup.ts"],
    })),
  ],
};
