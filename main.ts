import { App } from "cdktf";
import { refuseMissingBucket } from "./bootstrap/missing-bucket";
import { mistakeText } from "./errors/mistake";
import { AuthStack } from "./stacks/auth-stack";
import { NoAuthStack } from "./stacks/no-auth-stack";
import { inFileWords } from "./settings/file-names";
import { readContext } from "./settings/read-context";
import { readSettings } from "./settings/settings";

try {
  const { authStack, noAuthStack, ...shared } = readSettings(readContext());
  refuseMissingBucket(shared.backend);
  const app = new App();
  const stacks = [
    new AuthStack(app, "auth-stack", { ...authStack, ...shared }),
    new NoAuthStack(app, "no-auth-stack", { ...noAuthStack, ...shared }),
  ];
  app.synth();
  for (const { node, notes } of stacks) {
    for (const note of notes) console.error(`${node.id} ${inFileWords(note)}`);
  }
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

/** What the operating system refuses here is to write the output; all that is read has messages of its own. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!("syscall" in error)) return error.message;
  const folder = process.env.CDKTF_OUTDIR ?? "cdktf.out";
  return mistakeText({
    where: folder,
    wrong: "can't be written",
    got: error.message,
    allowed: "a folder that you may make and write",
    mend: "Remove what stands there, or mend its permissions.",
  });
}
