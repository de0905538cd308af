import { handshakeRequest } from "../../webhooks/handshake-request";
import { SENDERS } from "../../webhooks/senders";

const VALUES = { challenge: "c 1", verifyToken: "mine" };

function requestsOf(name: string) {
  const sender = SENDERS[name];
  if (sender === undefined) throw new Error(`no sender ${name}`);
  return (sender.handshakes ?? []).map((handshake) => handshakeRequest(handshake, sender, VALUES));
}

const NOTHING = { query: {}, headers: {}, body: "" };

test.each([
  ["dropbox", { method: "GET", query: { challenge: "c 1" } }],
  [
    "meta",
    {
      method: "GET",
      query: { "hub.mode": "subscribe", "hub.challenge": "c 1", "hub.verify_token": "mine" },
    },
  ],
  ["websub", { method: "GET", query: { "hub.mode": "subscribe", "hub.challenge": "c 1" } }],
  ["okta", { method: "GET", headers: { "X-Okta-Verification-Challenge": "c 1" } }],
  ["trello", { method: "HEAD" }],
  [
    "cloudevents",
    {
      method: "OPTIONS",
      headers: { "WebHook-Request-Origin": "eventemitter.example.com", "WebHook-Request-Rate": "120" },
    },
  ],
  [
    "microsoft-graph",
    { method: "POST", headers: { "Content-Type": "text/plain" }, query: { validationToken: "c 1" } },
  ],
  ["asana", { method: "POST", headers: { "Content-Type": "application/json", "X-Hook-Secret": "c 1" } }],
  [
    "slack",
    {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: '{"type":"url_verification","challenge":"c 1"}',
    },
  ],
])("%s asks %j", (name, expected) => {
  expect(requestsOf(name)).toEqual([{ ...NOTHING, ...expected }]);
});

test.each(["sns", "notion", "event-grid"])("%s's handshake is a delivery", (name) => {
  expect(requestsOf(name)).toEqual([undefined]);
});
