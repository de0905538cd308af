import type { RenderFrame } from "./render-frame";

/** As in Velocity, a block that is rendered inside this many others gives nothing: blocks may refer to themselves. */
const MAX_DEPTH = 2;

/** What `#define` binds a variable to: rendered anew, with the variables of that moment, wherever the variable stands. */
export class DefinedBlock {
  constructor(private readonly renderBody: (frame: RenderFrame) => void) {}

  render(frame: RenderFrame): string {
    if (frame.depth >= MAX_DEPTH) {
      return "";
    }
    frame.depth += 1;
    const text = frame.capture(() => {
      this.renderBody(frame);
    });
    frame.depth -= 1;
    return text;
  }
}
