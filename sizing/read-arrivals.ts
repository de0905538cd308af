import { existsSync } from "node:fs";
import { readArrivalFile } from "./arrival-file";
import { readArrivalPhases } from "./arrival-phases";
import type { Arrivals } from "./arrivals";

/**
 * Reads `--arrivals`: the name of a CSV file, or phases as text.
 * @throws CommandLineError, or FileError for a file
 */
export function readArrivals(text: string): Arrivals {
  return existsSync(text) || !text.includes("=") ? readArrivalFile(text) : readArrivalPhases(text);
}
