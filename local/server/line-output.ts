import type { Writable } from "node:stream";

/**
 * Writes lines in as few calls as there are turns of the event loop, and each of them, in order: to a pipe that is full Node.js
 * waits, so the gateway serves no faster than its log is read.
 */
export class LineOutput {
  private readonly waiting: string[] = [];
  private isOpen = false;
  private isScheduled = false;

  constructor(private readonly stream: Pick<Writable, "write">) {}

  public readonly add = (line: string): void => {
    this.waiting.push(line);
    if (!this.isOpen || this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(this.flush);
  };

  /** Until then lines wait: something else comes first. */
  public open(): void {
    this.isOpen = true;
    this.flush();
  }

  public readonly flush = (): void => {
    this.isScheduled = false;
    if (this.waiting.length > 0) this.stream.write(this.waiting.splice(0).join("\n") + "\n");
  };
}
