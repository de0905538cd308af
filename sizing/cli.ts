import { messageOf } from "../errors/mistake";
import { printable } from "../errors/printable";
import { enterCallersFolder } from "../local/server/callers-folder";
import { readFlags } from "./flags";
import { writePlot } from "./plot-file";
import { plotSvg } from "./plot";
import { jsonOf, reportOf } from "./report";
import { sizingOf } from "./sizing";

enterCallersFolder("sizing");

main();

/** Ends with 2 where the command line can't be read. */
function main(): void {
  try {
    const flags = readFlags(process.argv.slice(2));
    if (flags === undefined) return;
    const { request, plot, json } = flags;
    const { sizing, simulation } = sizingOf(request);
    if (plot !== undefined) writePlot(plot, plotSvg(request, sizing, simulation));
    process.stdout.write(json ? jsonOf(request, sizing) : reportOf(request, sizing));
  } catch (error) {
    process.stderr.write(`${printable(messageOf(error))}\n`);
    process.exitCode = 2;
  }
}
