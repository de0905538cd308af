import type { Echo, EchoOnPost, Handshake, Registration, Sender } from "./sender";

/** What a handshake is made with. */
export interface HandshakeValues {
  /** What the answer has to repeat. */
  readonly challenge: string;
  /** What shows that the subscription is the receiver's own. */
  readonly verifyToken: string;
}

/** A request by which a sender finds out that a URL wants its deliveries. */
export interface HandshakeRequest {
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * A sender's handshake, unsigned; undefined for one that its consumer finishes, since that is a delivery like others.
 * @param sender whose handshake it is
 */
export function handshakeRequest(
  handshake: Handshake,
  { contentTypes }: Pick<Sender, "contentTypes">,
  values: HandshakeValues,
): HandshakeRequest | undefined {
  switch (handshake.kind) {
    case "echo":
      return { ...NOTHING, method: handshake.verb, ...echoed(handshake, values) };
    case "constant":
      return {
        ...NOTHING,
        method: handshake.verb,
        headers: handshake.verb === "OPTIONS" ? ASKING_FOR_PERMISSION : {},
      };
    case "echo-on-post":
      return { ...NOTHING, method: "POST", ...echoedOnPost(handshake, contentTypes, values) };
    case "registration":
      return { ...NOTHING, method: "POST", ...registration(handshake, contentTypes, values) };
    case "consumer":
      return undefined;
  }
}

type Parts = Partial<Omit<HandshakeRequest, "method">>;

const NOTHING = { query: {}, headers: {}, body: "" };

/** @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md#41-validation-request */
const ASKING_FOR_PERMISSION = {
  "WebHook-Request-Origin": "eventemitter.example.com",
  "WebHook-Request-Rate": "120",
};

function echoed(
  { challenge: place, verifyToken: token }: Echo,
  { challenge, verifyToken }: HandshakeValues,
): Parts {
  if ("header" in place) return { headers: { [place.header]: challenge } };
  // Whoever writes its parameters with `hub.` follows WebSub.
  const mode: Parts["query"] = place.query.startsWith("hub.") ? { "hub.mode": "subscribe" } : {};
  return {
    query: {
      ...mode,
      [place.query]: challenge,
      ...(token !== undefined && { [token.query]: verifyToken }),
    },
  };
}

function echoedOnPost(
  { value: place }: EchoOnPost,
  contentTypes: readonly string[],
  { challenge }: HandshakeValues,
): Parts {
  const usual = contentTypes.slice(0, 1);
  if ("header" in place) return { headers: { ...typed(usual), [place.header]: challenge } };
  // Microsoft Graph sends no body then, and calls that text.
  const plain = contentTypes.filter((type) => type === "text/plain");
  return { headers: typed([...plain, ...usual]), query: { [place.query]: challenge } };
}

function registration(
  { when, challenge: place }: Registration,
  contentTypes: readonly string[],
  { challenge }: HandshakeValues,
): Parts {
  const body = { [keyOf(when.jsonPath)]: when.equals, [keyOf(place.jsonPath)]: challenge };
  return { headers: typed(contentTypes), body: JSON.stringify(body) };
}

function typed([contentType]: readonly string[]): Readonly<Record<string, string>> {
  return contentType === undefined ? {} : { "Content-Type": contentType };
}

/** Both values are members of the body itself. */
function keyOf(jsonPath: string): string {
  return jsonPath.replace(/^\$\./, "");
}
