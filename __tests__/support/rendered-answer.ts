import { render } from "./render";

/** What a response template makes of the backend's answer. */
export interface RenderedAnswer {
  /** The override; absent where the response's own status stays. */
  readonly status?: unknown;
  /** Overridden headers. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/**
 * Renders a response template.
 * @throws Error when an override is set twice, on which AWS answers 5xx
 */
export function renderedAnswer(
  template: string,
  body: string,
  header: Record<string, string> = {},
): RenderedAnswer {
  const headers = setOnce({});
  const responseOverride = setOnce({ header: headers });
  const context = { requestId: "request-1", responseOverride };
  const text = render(template, { body, header, context });
  return {
    ...("status" in responseOverride ? { status: responseOverride.status } : {}),
    headers: { ...headers },
    text,
  };
}

function setOnce(overrides: Record<string, unknown>): Record<string, unknown> {
  return new Proxy(overrides, {
    defineProperty(target, key, descriptor) {
      // The engine's own clean-up writes the value alone.
      if ("enumerable" in descriptor && Object.hasOwn(target, key)) {
        throw new Error(`${String(key)} is overridden twice`);
      }
      return Reflect.defineProperty(target, key, descriptor);
    },
  });
}
