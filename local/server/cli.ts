import { serve } from "./serve";
import { synthesize } from "./synthesize";

/** npm runs scripts in the project's folder and tells where it was called: paths on the command line start there. */
const project = process.cwd();
const { npm_lifecycle_event: script, INIT_CWD: caller } = process.env;
if (script === "start" && caller !== undefined) process.chdir(caller);

void serve({
  name: "npm start --",
  byDefault: "the stacks of cdktf.json, synthesized first",
  source: () => project,
  defaultStacks: (signal) => synthesize(project, signal),
});
