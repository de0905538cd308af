/** The page's live events, as a browser's EventSource reads them. */
export interface PageEvents {
  /** The next event of this name; those of other names before it are passed over. */
  next(name: string): Promise<unknown>;
  close(): void;
}

/** Opens the page's event stream. */
export async function openEvents(origin: string): Promise<PageEvents> {
  const stopping = new AbortController();
  const response = await fetch(`${origin}/_page/events`, { signal: stopping.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return {
    close: () => {
      stopping.abort();
    },
    next: async (name) => {
      for (;;) {
        const end = text.indexOf("\n\n");
        if (end === -1) {
          const chunk = await reader?.read();
          if (chunk?.value === undefined) throw new Error(`The stream ended before ${name}.`);
          text += chunk.value;
        } else {
          const [, event, data] = /^event: (.*)\ndata: (.*)$/.exec(text.slice(0, end)) ?? [];
          text = text.slice(end + 2);
          if (event === name && data !== undefined) return JSON.parse(data) as unknown;
        }
      }
    },
  };
}
