import { once } from "node:events";
import net from "node:net";

/** One answer of a server, as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly body: string;
}

/** What one caller writes on one connection, in pieces, before it ends its side. */
export interface RawCall {
  readonly pieces: readonly Uint8Array[];
  /** Milliseconds before each piece but the first. @default none */
  readonly pause?: number;
  /** Resets the connection instead of ending it and waiting for answers. @default false */
  readonly reset?: boolean;
}

/** Milliseconds without a byte after which a server counts as stuck. */
const PATIENCE = 5000;

/** Writes bytes as they are; gives every answer that comes until the server closes. */
export async function rawExchange(port: number, { pieces, pause, reset }: RawCall): Promise<RawAnswer[]> {
  const socket = net.connect(port, "127.0.0.1");
  const received: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => received.push(chunk));
  let failure: Error | undefined;
  // A server that refuses may hang up while pieces are still written: what it answered counts.
  socket.on("error", (error) => (failure = error));
  socket.setTimeout(PATIENCE, () => {
    socket.destroy(new Error("stuck"));
  });
  const closed = once(socket, "close");
  for (const [index, piece] of pieces.entries()) {
    if (pause !== undefined && index > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    if (!socket.write(piece)) await Promise.race([once(socket, "drain").catch(() => undefined), closed]);
  }
  if (reset) socket.resetAndDestroy();
  else socket.end();
  await closed;
  const answers = readAnswers(Buffer.concat(received));
  return failure?.message === "stuck" ? [...answers, { status: 0, body: "no end" }] : answers;
}

/** Interim answers (1xx) are left out. */
function readAnswers(bytes: Buffer): RawAnswer[] {
  const answers: RawAnswer[] = [];
  for (let rest = bytes; rest.length > 0;) {
    const end = rest.indexOf("\r\n\r\n") + 4;
    const head = rest.toString("latin1", 0, end);
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
    const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1]);
    if (!(rest.length >= end + length)) return [...answers, { status: 0, body: rest.toString("latin1") }];
    if (status >= 200) answers.push({ status, body: rest.toString("utf8", end, end + length) });
    rest = rest.subarray(end + length);
  }
  return answers;
}
