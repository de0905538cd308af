import type { ForeachLoop } from "./foreach-loop";

/** What `#break` and `#stop` throw: it ends loops and blocks up to the one that is meant, out of strings too. */
export class StopCommand extends Error {
  public override readonly name = "StopCommand";

  /** @param ends a certain loop, whatever is nearest, or the whole template */
  constructor(private readonly ends: ForeachLoop | "nearest" | "all") {
    super("#break or #stop");
  }

  public endsLoop(loop: ForeachLoop): boolean {
    return this.ends === "nearest" || this.ends === loop;
  }

  public get endsBlock(): boolean {
    return this.ends === "nearest";
  }
}
