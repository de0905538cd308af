import { type Random, seededRandom } from "../support/forged-requests";
import { hostileChallenge, hostileHeader, hostileQuery } from "../support/hostile-challenges";
import type { LoadAnswer } from "../support/send-all";
import { type SenderRequest, SenderStack, steadyHeaders, VERIFY_TOKEN } from "../support/sender-stack";

const CHALLENGES = 10_000;

/** What must not be in an echo, whatever a browser or a parser takes it for. */
const HARMFUL = /[^\x20-\x7e]|[<>&"'`\\${}#]/;

/** What every echo has to take: of this, senders make their challenges. */
const USUAL = /^[A-Za-z0-9_.: -]{1,1024}$/;

const TEXT = { "content-type": "text/plain", "x-content-type-options": "nosniff" };
const JSON_ECHO = { "content-type": "application/json", "x-content-type-options": "nosniff" };
const JSON_ANSWER = { "content-type": "application/json" };
const PASSING = { ...JSON_ANSWER, "retry-after": "1" };

/** A request with a challenge, and the text that arrives of it. */
interface Asked {
  readonly request: SenderRequest;
  readonly challenge: string;
}

/** A handshake that echoes. */
interface Echoing {
  readonly sender: string;
  readonly ask: (challenge: string, random: Random) => Asked;
  /** The echo in an answer that has one; fails for anything else in it. */
  readonly echoIn: (answer: LoadAnswer) => string | undefined;
}

function inQuery(name: string, method: "GET" | "POST", more = ""): Echoing["ask"] {
  return (hostile, random) => {
    const query = `${hostileQuery(name, hostile, random)}${more}`;
    const challenge = new URLSearchParams(query).getAll(name).at(-1) ?? "";
    return { challenge, request: { method, query } };
  };
}

function inHeader(name: string, more: SenderRequest): Echoing["ask"] {
  return (hostile) => {
    const value = hostileHeader(hostile);
    const challenge = Buffer.from(value.replaceAll(/^[\t ]+|[\t ]+$/g, ""), "latin1").toString();
    return {
      challenge,
      request: { ...more, headers: { "Content-Type": "application/json", [name]: value } },
    };
  };
}

function expectRefused(
  { status, text, headers }: LoadAnswer,
  code: string,
  refusal: number,
  wanted: object,
): undefined {
  expect([status, steadyHeaders({ status, text, headers })]).toEqual([refusal, wanted]);
  expect(JSON.parse(text)).toEqual({
    code,
    message: expect.stringMatching(/^[A-Za-z ,.]+$/) as string,
    requestId: headers["x-amzn-requestid"],
  });
}

/** Of a GET: as text, or at a key. */
function echoOfGet(key?: string): Echoing["echoIn"] {
  return (answer) => {
    if (answer.status !== 200) {
      expectRefused(answer, "HANDSHAKE_REFUSED", 403, JSON_ANSWER);
      return;
    }
    expect(steadyHeaders(answer)).toEqual(key === undefined ? TEXT : JSON_ECHO);
    if (key === undefined) return answer.text;
    const { [key]: echo = "", ...others } = JSON.parse(answer.text) as Record<string, string>;
    expect(others).toEqual({});
    expect(answer.text).toBe(`{"${key}":"${echo}"}`);
    return echo;
  };
}

/** Is it SQS's own answer to a message? */
function isSqsAnswer(text: string): boolean {
  return /^\{"SendMessageResponse":\{.*"MessageId":"[0-9a-f-]{36}".*\}\}$/.test(text);
}

function echoOfGraph(answer: LoadAnswer): string | undefined {
  expect([answer.status, steadyHeaders(answer)]).toEqual([200, TEXT]);
  return isSqsAnswer(answer.text) ? undefined : answer.text;
}

function echoOfAsana(answer: LoadAnswer): string | undefined {
  // The header is a message attribute, too, in which SQS does not allow every character.
  if (answer.status !== 200) {
    expectRefused(answer, "INVALID_MESSAGE_ATTRIBUTE", 400, JSON_ANSWER);
    return;
  }
  const { "x-hook-secret": secret, ...headers } = steadyHeaders(answer);
  expect([headers, isSqsAnswer(answer.text)]).toEqual([JSON_ANSWER, true]);
  return secret as string | undefined;
}

function echoOfSlack(answer: LoadAnswer): string | undefined {
  if (answer.status !== 200) {
    expectRefused(answer, "SERVICE_UNAVAILABLE", 503, PASSING);
    return;
  }
  expect(steadyHeaders(answer)).toEqual(TEXT);
  return answer.text;
}

const TOKEN = `&hub.verify_token=${encodeURIComponent(VERIFY_TOKEN)}`;

const ECHOING: readonly Echoing[] = [
  { sender: "meta", ask: inQuery("hub.challenge", "GET", TOKEN), echoIn: echoOfGet() },
  { sender: "strava", ask: inQuery("hub.challenge", "GET", TOKEN), echoIn: echoOfGet("hub.challenge") },
  { sender: "websub", ask: inQuery("hub.challenge", "GET"), echoIn: echoOfGet() },
  { sender: "dropbox", ask: inQuery("challenge", "GET"), echoIn: echoOfGet() },
  { sender: "nylas", ask: inQuery("challenge", "GET"), echoIn: echoOfGet() },
  { sender: "onfleet", ask: inQuery("check", "GET"), echoIn: echoOfGet() },
  {
    sender: "okta",
    ask: inHeader("X-Okta-Verification-Challenge", { method: "GET" }),
    echoIn: echoOfGet("verification"),
  },
  { sender: "microsoft-graph", ask: inQuery("validationToken", "POST"), echoIn: echoOfGraph },
  { sender: "asana", ask: inHeader("X-Hook-Secret", { body: "{}" }), echoIn: echoOfAsana },
  {
    sender: "slack",
    ask: (challenge) => ({
      challenge,
      request: {
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ type: "url_verification", challenge }),
      },
    }),
    echoIn: echoOfSlack,
  },
];

let stack: SenderStack;

beforeAll(async () => {
  stack = await SenderStack.start(
    ECHOING.map(({ sender }) => (sender === "slack" ? { sender, registering: true } : sender)),
  );
});

afterAll(() => stack.close());

test.each(ECHOING)(
  `of ${CHALLENGES} hostile challenges $sender gets back the harmless ones, byte for byte, and nothing else`,
  async ({ sender, ask, echoIn }) => {
    const random = seededRandom(sender.length);
    const asked = Array.from({ length: CHALLENGES }, () => ask(hostileChallenge(random), random));
    const answers = await stack.sendAll(asked.map(({ request }) => [sender, request]));
    let echoes = 0;
    for (const [index, answer] of answers.entries()) {
      const { challenge = "" } = asked[index] ?? {};
      const echo = echoIn(answer);
      expect(answer.headers["content-length"]).toBe(String(Buffer.byteLength(answer.text)));
      if (echo === undefined) {
        expect(challenge).not.toMatch(USUAL);
      } else {
        echoes += 1;
        expect(challenge).not.toMatch(HARMFUL);
        expect(echo).toBe(challenge);
      }
    }
    console.info(`${sender}: ${echoes} of ${CHALLENGES} echoed`);
    expect(echoes).toBeGreaterThan(CHALLENGES / 10);
    expect(echoes).toBeLessThan(CHALLENGES);
    // What was accepted is in the queue, and nothing else is.
    const isQueued = sender === "microsoft-graph" || sender === "asana";
    expect(await stack.local.depth()).toBe(
      isQueued ? answers.filter(({ status }) => status === 200).length : 0,
    );
    await stack.local.purge();
  },
  600_000,
);
