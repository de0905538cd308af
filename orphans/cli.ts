import { runTool } from "../errors/run-tool";
import { enterCallersFolder } from "../local/server/callers-folder";
import { readFlags } from "./cli-flags";
import { orphans } from "./orphans";
import { reportJson, reportText } from "./report";

enterCallersFolder("orphans");

/** Where `--exit-code` asks for it, orphans end with a code of their own. */
const FOUND = 3;

void runTool(async () => {
  const flags = readFlags(process.argv.slice(2));
  if (flags === undefined) return undefined;
  const found = await orphans(flags);
  return {
    text: flags.json === true ? reportJson(found) : reportText(found),
    exitCode: flags.exitCode === true && found.orphans.length > 0 ? FOUND : 0,
  };
});
