import type { ServerResponse } from "node:http";

/** Bytes that wait for one slow page before it misses events. */
const MOST_BUFFERED = 8 * 1024 * 1024;

/**
 * Server-Sent Events to every page that is open.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class EventStream {
  private readonly pages = new Set<ServerResponse>();

  /** @param onChange is told how many pages are open, each time that one opens or closes */
  constructor(private readonly onChange: (open: number) => void) {}

  /** Keeps the response open, and sends it `first` before anything else. */
  public open(response: ServerResponse, first: readonly (readonly [event: string, data: unknown])[]): void {
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    response.write("retry: 1000\n\n");
    for (const [event, data] of first) response.write(eventText(event, data));
    this.pages.add(response);
    response.on("close", () => {
      this.pages.delete(response);
      this.onChange(this.pages.size);
    });
    this.onChange(this.pages.size);
  }

  public send(event: string, data: unknown): void {
    if (this.pages.size === 0) return;
    const text = eventText(event, data);
    for (const page of this.pages) if (page.writableLength < MOST_BUFFERED) page.write(text);
  }

  public close(): void {
    for (const page of this.pages) page.end();
  }
}

/** JSON text has no line breaks, so one `data:` line holds it. */
function eventText(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
