import { writeFileSync } from "node:fs";
import { Resvg } from "@resvg/resvg-js";
import { messageOf } from "../errors/mistake";
import { FileError } from "../errors/read-json-file";

/** Twice the size, for sharp letters. */
const ZOOM = 2;

/**
 * Writes the picture as it is, or as PNG where the file's name ends so.
 * @throws FileError
 */
export function writePlot(file: string, svg: string): void {
  const isPng = file.endsWith(".png");
  const picture = isPng ? new Resvg(svg, { fitTo: { mode: "zoom", value: ZOOM } }).render().asPng() : svg;
  try {
    writeFileSync(file, picture);
  } catch (error) {
    throw new FileError(
      file,
      {
        wrong: "can't be written",
        got: messageOf(error),
        allowed: "a file in a folder that you may write to is allowed",
        mend: "Make the folder first.",
      },
      { cause: error },
    );
  }
}
