import type { Render } from "./compiler";
import type { RenderFrame } from "./render-frame";
import { StopCommand } from "./stop-command";

/** As in Velocity, a block inside itself is rendered so many times and then gives nothing. */
const MAX_DEPTH = 2;

/** What `#define` binds a variable to: rendered anew, with the variables of that moment, wherever the variable stands. */
export class DefinedBlock {
  private depth = 0;

  constructor(private readonly body: Render) {}

  public render(frame: RenderFrame): string {
    if (this.depth >= MAX_DEPTH) return "";
    this.depth += 1;
    const text = frame.capture((inner) => {
      try {
        this.body(inner);
      } catch (error) {
        if (!(error instanceof StopCommand && error.endsBlock)) throw error;
      }
    });
    this.depth -= 1;
    return text;
  }
}
