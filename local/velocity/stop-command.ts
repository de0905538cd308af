import type { ForeachLoop } from "./foreach-loop";

/** What `#break` and `#stop` throw: it ends loops and blocks up to the one that is meant, out of strings too. */
export class StopCommand extends Error {
  override readonly name = "StopCommand";

  /** @param ends a certain loop, whatever is nearest, or the whole template */
  constructor(private readonly ends: ForeachLoop | "nearest" | "all") {
    super("#break or #stop");
  }

  endsLoop(loop: ForeachLoop): boolean {
    return this.ends === "nearest" || this.ends === loop;
  }

  get endsBlock(): boolean {
    return this.ends === "nearest";
  }
}
