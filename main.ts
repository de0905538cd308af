import { App } from "cdktf";
import { AuthStack } from "./stacks/auth-stack";
import { NoAuthStack } from "./stacks/no-auth-stack";
import { readContext } from "./stacks/read-context";
import { readSettings } from "./stacks/settings";

try {
  const { authStack, noAuthStack, ...shared } = readSettings(readContext());
  const app = new App();
  new AuthStack(app, "auth-stack", { ...authStack, ...shared });
  new NoAuthStack(app, "no-auth-stack", { ...noAuthStack, ...shared });
  app.synth();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
