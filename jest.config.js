// Node.js 20 is supported on purpose. Jest's workers and what they start have this from here.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** @type {import("jest").Config} */
const shared = {
  testEnvironment: "node",
  transform: { "\\.ts$": "@sucrase/jest-plugin" },
  modulePathIgnorePatterns: ["<rootDir>/cdktf\\.out/"],
};

/** @type {import("jest").Config} */
module.exports = {
  // Jest leaves a core idle otherwise, which on two cores is half of them.
  maxWorkers: "100%",
  projects: [
    {
      ...shared,
      displayName: "fast",
      testMatch: ["<rootDir>/__tests__/**/*.test.ts", "!**/__tests__/{deploy,localstack}/**"],
      setupFilesAfterEnv: ["<rootDir>/setup.js"],
    },
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
