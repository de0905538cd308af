import type { MissingPrerequisites } from "./prerequisites";

/** What Jest's global set-up tells the test files, by an environment variable: they run in processes of their own. */
export interface SuiteEnvironment {
  /** Temporary folder with the AWS provider. */
  readonly folder: string;
  readonly missing: MissingPrerequisites;
}

const VARIABLE = "QUEUE_LEVELING_DEPLOY_TESTS";

/** Sets the environment of every test file of this run. */
export function writeSuiteEnvironment(environment: SuiteEnvironment): void {
  process.env[VARIABLE] = JSON.stringify(environment);
}

/** Reads what {@link writeSuiteEnvironment} wrote. */
export function readSuiteEnvironment(): SuiteEnvironment {
  const text = process.env[VARIABLE];
  if (text === undefined) throw new Error("Run the deploy tests by npm run test:deploy.");
  return JSON.parse(text) as SuiteEnvironment;
}
