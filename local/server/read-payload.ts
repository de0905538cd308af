import type { IncomingMessage } from "node:http";

/** Reads a request's payload; undefined where it is longer than `limit` bytes, whose rest is left to the caller. */
export function readPayload(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const length = Number(request.headers["content-length"]);
  if (length > limit) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const payload = new GrowingBuffer();
    let whole: Buffer | undefined;
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) resolve(undefined);
      else if (chunk.length === length) whole = chunk;
      else payload.add(chunk);
    });
    request.on("end", () => {
      resolve(whole ?? payload.bytes());
    });
    request.on("error", reject);
  });
}

const EMPTY = Buffer.alloc(0);

/** Bytes that come in pieces of any size: a list of the pieces would weigh a hundred times a piece of one byte. */
class GrowingBuffer {
  private buffer = EMPTY;
  private size = 0;

  public add(chunk: Buffer): void {
    const size = this.size + chunk.length;
    if (size > this.buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(2 * size, 1024));
      larger.set(this.bytes());
      this.buffer = larger;
    }
    this.buffer.set(chunk, this.size);
    this.size = size;
  }

  public bytes(): Buffer {
    return this.buffer.subarray(0, this.size);
  }
}
