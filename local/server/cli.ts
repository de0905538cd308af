import { enterCallersFolder } from "./callers-folder";
import { serve } from "./serve";
import { synthesize } from "./synthesize";

const project = enterCallersFolder("start");

void serve({
  name: "npm start --",
  script: "start",
  byDefault: "the stacks of cdktf.json, synthesized first",
  source: () => project,
  defaultStacks: (signal) => synthesize(project, signal),
});
