import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** What serves one request. */
export type Serve = (request: IncomingMessage, response: ServerResponse, connection: Connection) => void;

/** How much a caller that was told no may still send, and for how many milliseconds, before it is cut off. */
const GRACE = { bytes: 64 * 1024 * 1024, time: 5000 };

/**
 * One caller's connection. Requests are served one after the other, so that their answers and their messages keep their
 * order, and a caller that sends many at once waits; what is no request is refused after those before it are answered.
 */
export class Connection {
  private readonly waiting: Exchange[] = [];
  private current: Exchange | undefined;
  private refusal: string | undefined;
  /** Set once this side has ended: the count of bytes at which the caller is cut off. */
  private lastByte: number | undefined;

  constructor(private readonly socket: Socket) {
    socket.on("end", () => {
      this.endWithoutCaller();
    });
  }

  public take(request: IncomingMessage, response: ServerResponse, serve: Serve): void {
    if (this.lastByte !== undefined || this.refusal !== undefined) return;
    const exchange = { request, response, serve };
    if (this.current === undefined) {
      this.begin(exchange);
    } else {
      this.waiting.push(exchange);
      this.socket.pause();
    }
  }

  /** Answers with this, raw, what came instead of a request or of its rest, and hangs up. */
  public refuse(answer: string): void {
    if (this.lastByte !== undefined) {
      this.cutOffAtLastByte();
    } else if (this.refusal === undefined) {
      this.refusal = answer;
      this.dropBroken();
      if (this.current === undefined) this.hangUp();
      else this.socket.pause();
    }
  }

  /**
   * Ends this side. A caller that still sends would lose its answer if its bytes were met with a reset: they are read for
   * a moment and thrown away.
   */
  public hangUp(): void {
    if (this.lastByte !== undefined) return;
    const { socket, current, refusal = "" } = this;
    this.lastByte = socket.bytesRead + GRACE.bytes;
    socket.end(refusal, "latin1");
    socket.resume();
    current?.request.on("data", () => {
      this.cutOffAtLastByte();
    });
    setTimeout(() => {
      socket.destroy();
    }, GRACE.time).unref();
  }

  /** Nothing has moved for a while: fine only while the caller waits for its answer. */
  public onTimeout(): void {
    if (this.current === undefined || this.socket.writableLength > 0) this.socket.destroy();
  }

  private begin(exchange: Exchange): void {
    this.current = exchange;
    // Before Node.js, which closes the connection of a caller that has ended its side: a refusal would be lost.
    exchange.response.prependOnceListener("finish", () => {
      this.onAnswered(exchange);
    });
    exchange.serve(exchange.request, exchange.response, this);
  }

  private onAnswered({ request }: Exchange): void {
    if (!this.socket.writable) return;
    if (!request.complete) {
      this.hangUp();
      return;
    }
    this.current = undefined;
    const next = this.waiting.shift();
    if (next !== undefined) this.begin(next);
    else if (this.refusal !== undefined) this.hangUp();
    else this.socket.resume();
  }

  /** The refusal stands for the answer of a request whose rest is missing, unless it has one already. */
  private dropBroken(): void {
    const last = this.waiting.at(-1) ?? this.current;
    if (last === undefined || last.request.complete) return;
    if (last.response.headersSent) this.refusal = "";
    if (this.waiting.pop() === undefined) this.current = undefined;
  }

  private cutOffAtLastByte(): void {
    if (this.socket.bytesRead > (this.lastByte ?? 0)) this.socket.destroy();
  }

  /** An answer without an end, such as a stream of events, ends when its caller does. */
  private endWithoutCaller(): void {
    const response = this.current?.response;
    if (response?.headersSent === true && !response.writableEnded) this.socket.destroy();
  }
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly serve: Serve;
}
