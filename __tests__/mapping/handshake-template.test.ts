import fc from "fast-check";
import {
  type BodyHandshake,
  echoedHeaderTemplate,
  echoOnPostTemplate,
  echoRequestTemplate,
  echoTemplate,
  registrationRequestTemplate,
  registrationTemplate,
} from "../../mapping/handshake-template";
import { seededRandom } from "../support/forged-requests";
import { hostileChallenge } from "../support/hostile-challenges";
import { anyText } from "../support/hostile-texts";
import { type Given, render } from "../support/render";
import { tries } from "../support/tries";

const TOKEN = "meatyhamhock-1/2+3=";
const QUERY = { query: "hub.challenge" };
const HEADER = { header: "X-Okta-Verification-Challenge" };
const VERIFY_TOKEN = { source: { query: "hub.verify_token" }, values: [TOKEN] };

const ECHOED = '{"statusCode": 200}';
const REFUSED = '{"statusCode": 403}';

/** What senders document, or were seen to send. */
const CHALLENGES = {
  Meta: "1158201444",
  Strava: "15f7d1a91c1f40f8a748fd134752feb3",
  "a hub that writes base64": "q83vEjRWeJCrze8SNFZ4kA==",
  "a hub that writes base64 for URLs": "7q2-hTz_Yw",
  Dropbox: "IJwBeYNvgLQOmXlWAbCdEf_0-1",
  Nylas: "bc609b38-c81f-47fb-a275-1d9bd61a968b",
  Okta: "my verification challenge",
  "Microsoft Graph":
    "Validation: Testing client application reachability for subscription Request-Id: 522a8e7e-096a-494c-aaf1-ac0dcfca45b7",
  Asana: "b537207f20cbfa02357cf448134da559e8bd39d61597dcd5631b8012eae53e81",
  Slack: "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P",
};

/** What must not be in an echo, whatever a browser or a JSON parser takes it for. */
const HARMFUL = /[^\x20-\x7e]|[<>&"'`\\${}#]/;

describe("a request that wants an echo", () => {
  test.each(Object.entries(CHALLENGES))("of %s is answered by it", (_, challenge) => {
    const given = { querystring: { "hub.challenge": challenge } };
    expect(render(echoRequestTemplate(QUERY), given)).toBe(ECHOED);
    expect(render(echoTemplate(QUERY, "text"), given)).toBe(challenge);
    expect(JSON.parse(render(echoTemplate(QUERY, { key: "hub.challenge" }), given))).toEqual({
      "hub.challenge": challenge,
    });
  });

  test.each(["X-Okta-Verification-Challenge", "x-okta-verification-challenge"])(
    "has it in the header %s",
    (name) => {
      const given = { header: { Accept: "*/*", [name]: "abc" } };
      expect(render(echoRequestTemplate(HEADER), given)).toBe(ECHOED);
      expect(render(echoTemplate(HEADER, { key: "verification" }), given)).toBe('{"verification":"abc"}');
    },
  );

  test.each<[string, Given]>([
    ["no challenge", {}],
    ["an empty one", { querystring: { "hub.challenge": "" } }],
    ["one under another name", { querystring: { "Hub.Challenge": "abc", challenge: "abc" } }],
    ["one in a header of that name", { header: { "hub.challenge": "abc" } }],
    ["one in the path", { path: { "hub.challenge": "abc" } }],
    ["one over 1,024 characters", { querystring: { "hub.challenge": "a".repeat(1025) } }],
    ["one that ends in a new line", { querystring: { "hub.challenge": "abc\n" } }],
    ["markup", { querystring: { "hub.challenge": "<script>alert(1)</script>" } }],
  ])("with %s is refused", (_, given) => {
    expect(render(echoRequestTemplate(QUERY), given)).toBe(REFUSED);
  });

  test("is made of these characters, and no others", () => {
    const echoed = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code)).filter(
      (character) =>
        render(echoRequestTemplate(QUERY), { querystring: { "hub.challenge": `a${character}a` } }) === ECHOED,
    );
    expect(echoed.join("")).toBe(
      " !%()*+,-./0123456789:;=@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~",
    );
  });

  test("of 1,024 characters is the longest", () => {
    const querystring = { "hub.challenge": "a".repeat(1024) };
    expect(render(echoRequestTemplate(QUERY), { querystring })).toBe(ECHOED);
  });
});

describe("a verify token", () => {
  const sent = (token?: string) =>
    render(echoRequestTemplate(QUERY, VERIFY_TOKEN), {
      querystring: {
        "hub.challenge": "1158201444",
        ...(token !== undefined && { "hub.verify_token": token }),
      },
    });

  test("that is right lets the challenge pass", () => {
    expect(sent(TOKEN)).toBe(ECHOED);
  });

  test.each([
    undefined,
    "",
    TOKEN.toUpperCase(),
    `${TOKEN} `,
    ` ${TOKEN}`,
    TOKEN.slice(0, -1),
    `${TOKEN}1`,
    `${TOKEN},${TOKEN}`,
    "$challenge",
    "' || 'a' == 'a",
    "#end#if(true)",
    "null",
    "true",
  ])("%j is refused", (token) => {
    expect(sent(token)).toBe(REFUSED);
  });

  test("does not stand for a challenge", () => {
    const querystring = { "hub.verify_token": TOKEN };
    expect(render(echoRequestTemplate(QUERY, VERIFY_TOKEN), { querystring })).toBe(REFUSED);
  });

  test("in the place of the challenge is no token", () => {
    const querystring = { "hub.challenge": TOKEN };
    expect(render(echoRequestTemplate(QUERY, VERIFY_TOKEN), { querystring })).toBe(REFUSED);
  });

  test("is compared with each of several", () => {
    const template = echoRequestTemplate(QUERY, { ...VERIFY_TOKEN, values: ["a", "b"] });
    const told = ["a", "b", "c"].map((token) =>
      render(template, { querystring: { "hub.challenge": "1", "hub.verify_token": token } }),
    );
    expect(told).toEqual([ECHOED, ECHOED, REFUSED]);
  });
});

describe("an accepted POST", () => {
  const TOKEN_OF_GRAPH = { query: "validationToken" };

  test("is answered with the value that it brings", () => {
    const template = echoOnPostTemplate(TOKEN_OF_GRAPH, "otherwise");
    expect(render(template, { querystring: { validationToken: CHALLENGES["Microsoft Graph"] } })).toBe(
      CHALLENGES["Microsoft Graph"],
    );
    for (const querystring of [{}, { validationToken: "" }, { validationToken: "<b>" }]) {
      expect(render(template, { querystring } as Given)).toBe("otherwise");
    }
  });

  test("gets the header that it brings back, and no other", () => {
    const template = echoedHeaderTemplate({ header: "X-Hook-Secret" }, "X-Hook-Secret", "body");
    const headersOf = (header: Record<string, string>) => {
      const context = { responseOverride: { header: {} } };
      expect(render(template, { header, context })).toBe("body");
      return context.responseOverride.header;
    };
    expect(headersOf({ "x-hook-secret": CHALLENGES.Asana })).toEqual({ "X-Hook-Secret": CHALLENGES.Asana });
    expect(headersOf({ "X-Hook-Signature": "abc" })).toEqual({});
    expect(headersOf({ "X-Hook-Secret": "a\r\nSet-Cookie: b" })).toEqual({});
  });
});

const SLACK: BodyHandshake = {
  when: { jsonPath: "$.type", equals: "url_verification" },
  challenge: { jsonPath: "$.challenge" },
};

/** What a method that is being registered makes of a body: what the mock is told, and the answer. */
function registered(body: string) {
  const context = {};
  const status = render(registrationRequestTemplate(SLACK), { body, context });
  return { status, answer: render(registrationTemplate(), { context }) };
}

describe("while a URL is registered", () => {
  test("the handshake is answered with its challenge", () => {
    const body = JSON.stringify({
      token: "Jhj5dZrVaK7ZwHHjRyZWjbDl",
      challenge: CHALLENGES.Slack,
      type: "url_verification",
    });
    expect(registered(body)).toEqual({ status: ECHOED, answer: CHALLENGES.Slack });
  });

  test.each([
    ["a delivery", { type: "event_callback", event_id: "Ev08MFMKH6" }],
    ["a delivery with a challenge", { type: "event_callback", challenge: "abc" }],
    ["no challenge", { type: "url_verification" }],
    ["an empty challenge", { type: "url_verification", challenge: "" }],
    ["a challenge that is an object", { type: "url_verification", challenge: { a: 1 } }],
    ["a challenge with markup", { type: "url_verification", challenge: "<b>" }],
    ["a type in another case", { type: "URL_VERIFICATION", challenge: "abc" }],
    ["an empty object", {}],
    ["a list", []],
  ])("%s is 503", (_, body) => {
    expect(registered(JSON.stringify(body))).toEqual({ status: '{"statusCode": 503}', answer: "" });
  });
});

describe("of hostile challenges", () => {
  const text = fc.oneof(
    anyText,
    fc.nat().map((seed) => hostileChallenge(seededRandom(seed))),
  );

  test("each is echoed as it is, or not at all", () => {
    const request = echoRequestTemplate(QUERY);
    const [asText, asJson] = [echoTemplate(QUERY, "text"), echoTemplate(QUERY, { key: "verification" })];
    const onPost = echoOnPostTemplate(QUERY, "otherwise");
    const inHeader = echoedHeaderTemplate(QUERY, "X-Hook-Secret", "");
    fc.assert(
      fc.property(text, (challenge) => {
        const given = { querystring: { "hub.challenge": challenge } };
        const context = { responseOverride: { header: {} } };
        render(inHeader, { ...given, context });
        const body = JSON.stringify({ type: "url_verification", challenge });
        if (render(request, given) === REFUSED) {
          expect(render(onPost, given)).toBe("otherwise");
          expect(context.responseOverride.header).toEqual({});
          expect(registered(body)).toEqual({ status: '{"statusCode": 503}', answer: "" });
          return;
        }
        expect(challenge).not.toMatch(HARMFUL);
        expect(render(asText, given)).toBe(challenge);
        expect(JSON.parse(render(asJson, given))).toEqual({ verification: challenge });
        expect(render(onPost, given)).toBe(challenge);
        expect(context.responseOverride.header).toEqual({ "X-Hook-Secret": challenge });
        expect(registered(body)).toEqual({ status: ECHOED, answer: challenge });
      }),
      { numRuns: tries(5000) },
    );
  });
});
