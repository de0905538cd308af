import { IdsInMemory } from "../../webhooks/seen-ids";
import { SENDERS } from "../../webhooks/senders";
import { type SampleOptions, signedSample } from "../../webhooks/sign";
import { VerificationError } from "../../webhooks/verification-error";
import { type VerifiedDelivery, verify, type VerifyOptions } from "../../webhooks/verify";
import { codeOf } from "../support/verification-code";
import { lambdaMessage, sdkMessage } from "../support/webhook-message";

/** No library of a sender is loaded here: what is tested is the project's own. */
jest.mock("../../webhooks/load-library", () => ({
  loadLibrary: (name: string) => Promise.reject(new Error(`Cannot find ${name}`)),
}));

const URL = "https://hooks.example.com/webhooks?shop=1";
const SECOND = 1000;
/** Those that are checked without a library. */
const OWN = [
  ...[
    "asana",
    "bitbucket",
    "docusign",
    "dropbox",
    "jira",
    "linear",
    "mailgun",
    "mailgun-routes",
    "meta",
    "nylas",
  ],
  ...["paddle", "paypal", "shopify", "sns", "telegram", "trello", "websub", "zendesk"],
];

type Options = Partial<VerifyOptions>;

/** A sample that its sender signs, and its message. */
function sample(name: string, options: SampleOptions = {}) {
  const signed = signedSample(name, { url: URL, ...options });
  const fetch = jest.fn((_url: globalThis.URL, _init: RequestInit) =>
    Promise.resolve(new Response(signed.publicKey)),
  );
  const check = (message: ReturnType<typeof sdkMessage | typeof lambdaMessage>, others: Options = {}) =>
    verify(message, { sender: name, secret: signed.secret, url: URL, fetch, ...others });
  return { signed, fetch, check };
}

async function deliveryOf(result: ReturnType<typeof verify>): Promise<VerifiedDelivery> {
  const verified = await result;
  if (verified.kind !== "delivery") throw new Error(verified.told);
  return verified;
}

test("a secret that is no key in the sender's form does not become an empty one, with which anybody signs", async () => {
  const onfleet = sample("onfleet", { secret: "" });
  expect(await codeOf(onfleet.check(sdkMessage(onfleet.signed), { secret: "no hex" }))).toBe(
    "missing_secret",
  );
  const adyen = sample("adyen");
  const library = {
    hmacValidator: class {
      public validateHMAC = () => true;
    },
  };
  for (const [secret, code] of [
    ["no hex", "missing_secret"],
    ["abc", "missing_secret"],
    ["ABcd", "taken"],
  ] as const) {
    expect(await codeOf(adyen.check(sdkMessage(adyen.signed), { secret, library }))).toBe(code);
  }
});

describe.each(OWN)("a delivery of %s", (name) => {
  const { signed, check } = sample(name);

  test("is taken as the SDK gives it, and as Lambda hands it over", async () => {
    for (const message of [sdkMessage(signed), lambdaMessage(signed)]) {
      expect(await check(message)).toMatchObject({ kind: "delivery", body: signed.body });
    }
  });

  test("is taken by one of two secrets, and by no other one", async () => {
    expect(await codeOf(check(sdkMessage(signed), { secret: ["old", signed.secret] }))).toBe("taken");
    expect(await codeOf(check(sdkMessage(signed), { secret: ["old", "new"] }))).toBe("wrong_signature");
  });

  test("is told by headers in any case", async () => {
    const headers = Object.entries(signed.headers).map(([header, value]) => [header.toLowerCase(), value]);
    expect(
      await codeOf(
        check(sdkMessage({ ...signed, headers: Object.fromEntries(headers) as Record<string, string> })),
      ),
    ).toBe("taken");
  });

  test("is refused without a signature, and without a secret", async () => {
    expect(await codeOf(check(sdkMessage({ headers: {}, body: '{"a": 1}' })))).toBe("missing_signature");
    for (const secret of [[], ""]) {
      expect(await codeOf(check(sdkMessage(signed), { secret }))).toBe("missing_secret");
    }
  });
});

/** Telegram signs nothing, and Mailgun not the whole of it. */
test.each(OWN.filter((name) => !/telegram|mailgun/.test(name)))(
  "%s: another body is refused",
  async (name) => {
    const { signed, check } = sample(name);
    // Of SNS's signature itself, the last letter may have bits that count for nothing.
    const changed = name === "sns" ? /Hello/ : /[a-z](?=[^a-z]*$)/;
    for (const body of [`${signed.body} `, signed.body.replace(changed, "_")]) {
      const isSame = name === "sns" && body.endsWith(" ");
      expect(await codeOf(check(sdkMessage({ ...signed, body })))).toBe(isSame ? "taken" : "wrong_signature");
    }
  },
);

test.each(OWN.filter((name) => !/telegram|mailgun|sns/.test(name)))(
  "%s: a header that is no signature is refused, and breaks nothing",
  async (name) => {
    const { signed, check } = sample(name);
    const [signature] = SENDERS[name]?.signatures ?? [];
    const header = signature?.kind === "hmac" ? signature.header : "PAYPAL-TRANSMISSION-SIG";
    for (const value of ["", "=", ",", "sha256=", "v1,", "x".repeat(64), "é", "ts=1;h1="]) {
      const headers = { ...signed.headers, [header]: value };
      expect(await codeOf(check(sdkMessage({ ...signed, headers })))).toBe("wrong_signature");
    }
  },
);

test.each(["__proto__", "constructor"])("there is no sample of %s", (name) => {
  expect(() => signedSample(name)).toThrow(`signedSample: is no sender that is known, got ${name}; `);
});

test.each(["mailgun", "mailgun-routes"])("%s: another token or signature is refused", async (name) => {
  const { signed, check } = sample(name, { id: "token-1" });
  for (const [from, to] of [
    ["token-1", "token-2"],
    [/([0-9a-f]{63})[0-9a-f]/, "$1g"],
  ] as const) {
    const body = signed.body.replace(from, to);
    expect(await codeOf(check(sdkMessage({ ...signed, body })))).toBe("wrong_signature");
  }
});

describe("freshness", () => {
  const signedAt = Date.UTC(2026, 0, 31);

  test.each([
    ["paddle", 5],
    ["linear", 60],
  ])(
    "%s: %i seconds between signature and receipt, however long the message waited",
    async (name, seconds) => {
      const { signed, check } = sample(name, { timestamp: signedAt });
      const received = (after: number) =>
        check(sdkMessage(signed, { receivedAt: signedAt + after * SECOND }));
      expect(await codeOf(received(seconds))).toBe("taken");
      expect(await codeOf(received(-seconds))).toBe("taken");
      expect(await codeOf(received(seconds + 1))).toBe("too_old");
      expect(await codeOf(received(-seconds - 1))).toBe("too_new");
    },
  );

  test("the API's own time counts before that of SQS", async () => {
    const { signed, check } = sample("paddle", { timestamp: signedAt });
    const attributes = { RequestTimeEpoch: String(signedAt) };
    const message = sdkMessage(signed, { receivedAt: signedAt + 60 * SECOND, attributes });
    expect(await deliveryOf(check(message))).toMatchObject({ receivedAt: signedAt });
  });

  test("the tolerance can be another one, also of a sender that has none", async () => {
    const { signed, check } = sample("zendesk", { timestamp: signedAt });
    const message = sdkMessage(signed, { receivedAt: signedAt + 400 * SECOND });
    expect(await codeOf(check(message))).toBe("taken");
    expect(await codeOf(check(message, { toleranceSeconds: 300 }))).toBe("too_old");
    expect(await codeOf(check(message, { toleranceSeconds: 400 }))).toBe("taken");
  });

  test("a message that tells no time of receipt is told so", async () => {
    const { signed, check } = sample("paddle");
    const { Body, MessageAttributes } = sdkMessage(signed);
    expect(await codeOf(check({ Body, MessageAttributes }))).toBe("malformed_message");
    expect(await codeOf(check({ Body, MessageAttributes }, { toleranceSeconds: Infinity }))).toBe("taken");
  });

  test("a forged time does not make a wrong signature an old one", async () => {
    const { signed, check } = sample("paddle");
    const headers = { "Paddle-Signature": "ts=1;h1=00" };
    expect(await codeOf(check(sdkMessage({ ...signed, headers })))).toBe("wrong_signature");
  });
});

describe("a forgery from what was signed", () => {
  test("a second time in the header makes an old signature no fresh one, whichever of the two a library takes", async () => {
    const now = Math.floor(Date.now() / SECOND);
    const { signed, check } = sample("stripe", { timestamp: (now - 3600) * SECOND });
    const header = signed.headers["Stripe-Signature"] ?? "";
    const library = { webhooks: { signature: { verifyHeader: () => true } } };
    for (const value of [`t=${now},${header}`, `${header},t=${now}`]) {
      const headers = { "Stripe-Signature": value };
      expect(await codeOf(check(sdkMessage({ ...signed, headers }), { library }))).toBe("too_old");
    }
  });

  test("sns: what another topic signed can't be taken apart into a message of this one", async () => {
    const wanted = "arn:aws:sns:us-east-1:123456789012:orders";
    const Timestamp = new Date().toISOString();
    const rest = [
      "pay",
      "MessageId",
      "new",
      "Timestamp",
      Timestamp,
      "TopicArn",
      wanted,
      "Type",
      "Notification",
    ];
    const { signed, check } = sample("sns", { body: JSON.stringify({ Message: rest.join("\n") }) });
    const own = JSON.parse(signed.body) as Record<string, string>;
    const tail = ["MessageId", "Timestamp", "TopicArn", "Type"].map((key) => `${key}\n${own[key] ?? ""}`);
    const body = JSON.stringify({
      ...own,
      Message: "pay",
      MessageId: "new",
      Timestamp,
      TopicArn: wanted,
      Type: ["Notification", ...tail].join("\n"),
    });
    expect(await codeOf(check(sdkMessage(signed)))).toBe("taken");
    expect(await codeOf(check(sdkMessage({ ...signed, body }), { secret: wanted }))).toBe("wrong_signature");
  });

  test("zendesk: what stands between time and body can be moved to neither side", async () => {
    const { signed, check } = sample("zendesk", { body: "a=1&b=2" });
    const name = "X-Zendesk-Webhook-Signature-Timestamp";
    const time = signed.headers[name] ?? "";
    const moved = (timestamp: string, body: string) =>
      codeOf(check(sdkMessage({ ...signed, headers: { ...signed.headers, [name]: timestamp }, body })));
    expect(await moved(time, "a=1&b=2")).toBe("taken");
    expect(await moved(`${time}a=1&`, "b=2")).toBe("too_old");
    expect(await moved(time.slice(0, -1), "Za=1&b=2")).toBe("too_old");
  });

  test("sendgrid: what is more than a time is none, whatever its library says", async () => {
    const { signed, check } = sample("sendgrid");
    const name = "X-Twilio-Email-Event-Webhook-Timestamp";
    const headers = { ...signed.headers, [name]: `${signed.headers[name] ?? ""}[` };
    const library = {
      EventWebhook: class {
        public convertPublicKeyToECDSA = () => "";
        public verifySignature = () => true;
      },
    };
    expect(await codeOf(check(sdkMessage(signed), { library }))).toBe("taken");
    expect(await codeOf(check(sdkMessage({ ...signed, headers }), { library }))).toBe("too_old");
  });

  test("mailgun: a digit of the token is none of the time, so that no delivery has two ids", async () => {
    const { signed, check } = sample("mailgun", { id: "0123" });
    const body = signed.body.replace(/"timestamp":"(\d+)","token":"0123"/, '"timestamp":"$10","token":"123"');
    expect(body).not.toBe(signed.body);
    expect(await codeOf(check(sdkMessage({ ...signed, body })))).toBe("too_old");
  });

  test.each([
    ["onfleet", " 0a1b"],
    ["onfleet", "0a1b not hex"],
    ["adyen", "secret"],
    ["svix", "whsec_"],
    ["meta", " \n"],
  ])("%s: with a secret that is no key, %j, nothing is checked", async (name, secret) => {
    const { signed, check } = sample(name);
    expect(await codeOf(check(sdkMessage(signed), { secret }))).toBe("missing_secret");
  });

  test("paypal: a certificate's URL has no query, by which each message could have it fetched anew", async () => {
    const { signed, fetch, check } = sample("paypal");
    const headers = { ...signed.headers, "PAYPAL-CERT-URL": `${signed.headers["PAYPAL-CERT-URL"] ?? ""}?1` };
    expect(await codeOf(check(sdkMessage({ ...signed, headers })))).toBe("wrong_signature");
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe("several signatures", () => {
  test("in one header: the right one of them will do", async () => {
    const { signed, check } = sample("paddle");
    const header = signed.headers["Paddle-Signature"] ?? "";
    const other = header.replace(";", `;h1=${"0".repeat(64)};h2=x;`);
    expect(await codeOf(check(sdkMessage({ ...signed, headers: { "Paddle-Signature": other } })))).toBe(
      "taken",
    );
  });

  test("in numbered headers", async () => {
    const { signed, check } = sample("docusign");
    const [right = ""] = Object.values(signed.headers).slice(-1);
    const headers = { "X-DocuSign-Signature-1": "d3Jvbmc=", "X-DocuSign-Signature-2": right };
    expect(await codeOf(check(sdkMessage({ ...signed, headers })))).toBe("taken");
  });
});

describe("the URL", () => {
  const { signed, check } = sample("trello");
  const message = (RequestUrl: string) => sdkMessage(signed, { attributes: { RequestUrl } });

  test.each([
    ["is the option's", URL, "https://other.example.com/", "taken"],
    [
      "without a query has that of the request",
      "https://hooks.example.com/webhooks",
      "https://a.example.com/?shop=1",
      "taken",
    ],
    ["is the message's without the option", undefined, URL, "taken"],
    ["is another one", "https://hooks.example.com/other?", URL, "wrong_signature"],
    [
      "is another one, of the message",
      undefined,
      "https://hooks.example.com/webhooks?shop=2",
      "wrong_signature",
    ],
  ])("%s", async (_name, url, requestUrl, code) => {
    expect(
      await codeOf(
        verify(message(requestUrl), { sender: "trello", secret: signed.secret, ...(url && { url }) }),
      ),
    ).toBe(code);
  });

  test("is missed where the sender signs it, and by no other sender", async () => {
    expect(await codeOf(verify(sdkMessage(signed), { sender: "trello", secret: signed.secret }))).toBe(
      "missing_url",
    );
    const meta = signedSample("meta");
    expect(await codeOf(verify(sdkMessage(meta), { sender: "meta", secret: meta.secret }))).toBe("taken");
    expect(await codeOf(check(sdkMessage(signed)))).toBe("taken");
  });
});

describe("a delivery that comes again", () => {
  test("is told by the sender's own id once it is done, not when SQS gives it out again", async () => {
    const seen = new IdsInMemory();
    const { signed, check } = sample("nylas");
    const first = await deliveryOf(check(sdkMessage(signed), { seen }));
    expect(first).toMatchObject({ id: "5", isIdSigned: true, isSeen: false });
    // Its consumer failed.
    const second = await deliveryOf(check(sdkMessage(signed), { seen }));
    expect(second.isSeen).toBe(false);
    await second.remember();
    expect((await deliveryOf(check(sdkMessage(signed), { seen }))).isSeen).toBe(true);
  });

  test("has an id of its sender alone, and tells whether it is signed", async () => {
    const seen = new IdsInMemory();
    const jira = sample("jira", { id: "5" });
    const nylas = sample("nylas");
    await (await deliveryOf(nylas.check(sdkMessage(nylas.signed), { seen }))).remember();
    const delivery = await deliveryOf(jira.check(sdkMessage(jira.signed), { seen }));
    expect(delivery).toMatchObject({ id: "5", isIdSigned: false, isSeen: false });
  });

  test("paypal: has no signed id, since only a checksum of the body is signed", async () => {
    const { signed, check } = sample("paypal");
    expect(await deliveryOf(check(sdkMessage(signed)))).toMatchObject({
      id: "WH-2WR32451HC0233532-67976317FL4543714",
      isIdSigned: false,
    });
  });

  test("is not told of a sender that has no id, nor without a memory", async () => {
    const { signed, check } = sample("meta");
    for (const options of [{ seen: new IdsInMemory() }, {}]) {
      const delivery = await deliveryOf(check(sdkMessage(signed), options));
      await delivery.remember();
      expect(await deliveryOf(check(sdkMessage(signed), options))).toMatchObject({
        id: undefined,
        isSeen: false,
      });
    }
  });

  test("is forgotten by the memory when others came after it", () => {
    const ids = new IdsInMemory(2);
    for (const id of ["a", "b", "a", "c"]) ids.add(id);
    expect(["a", "b", "c"].map((id) => ids.has(id))).toEqual([true, false, true]);
  });
});

describe("the body", () => {
  test("is decoded where the API wrote it down as base64", async () => {
    const body = "\u0000ü{}";
    const { signed, check } = sample("meta", { body });
    const base64 = { ...signed, body: Buffer.from(body).toString("base64") };
    const message = sdkMessage(base64, { attributes: { "Content-Transfer-Encoding": "base64" } });
    expect(await deliveryOf(check(message))).toMatchObject({ body, bytes: Buffer.from(body) });
  });
});

describe("a message that can't be known", () => {
  test("is refused with what to do", async () => {
    const message = sdkMessage(signedSample("okta"));
    expect(await codeOf(verify(message, { sender: "okta" }))).toBe("unsigned_sender");
    expect(await codeOf(verify(message, { sender: "okta", allowUnsigned: true }))).toBe("taken");
    for (const sender of ["nobody", "__proto__", "constructor"]) {
      expect(await codeOf(verify(message, { sender }))).toBe("unknown_sender");
    }
    const unsigned = sdkMessage({ headers: {}, body: "{}" });
    expect(await codeOf(verify(unsigned, { sender: "meta", secret: "s", allowUnsigned: true }))).toBe(
      "missing_signature",
    );
  });

  test("whose library is not there is told by what to install", async () => {
    const { signed, check } = sample("stripe");
    await expect(check(sdkMessage(signed))).rejects.toThrow(
      "stripe: checks this sender's signatures, and can't be loaded. Run npm install stripe; ",
    );
    expect(await codeOf(check(sdkMessage(signed)))).toBe("missing_library");
  });

  test("is known by a library that is given", async () => {
    const { signed, check } = sample("razorpay");
    const validateWebhookSignature = jest.fn((_body: string, signature: string) => signature.length === 64);
    for (const library of [{ validateWebhookSignature }, { default: { validateWebhookSignature } }]) {
      expect(await codeOf(check(sdkMessage(signed), { library }))).toBe("taken");
    }
    const header = signed.headers["X-Razorpay-Signature"];
    expect(validateWebhookSignature.mock.calls[1]).toEqual([signed.body, header, signed.secret]);
    const throwing = () => {
      throw new Error(signed.body);
    };
    const library = { validateWebhookSignature: throwing };
    expect(await codeOf(check(sdkMessage(signed), { library }))).toBe("wrong_signature");
  });

  test("is told without its body and the secret", async () => {
    const { signed } = sample("meta", { body: "a private body" });
    const refused = verify(sdkMessage(signed), { sender: "meta", secret: "another-secret" });
    const error = await refused.then(
      () => undefined,
      (thrown: unknown) => thrown as VerificationError,
    );
    expect(error?.code).toBe("wrong_signature");
    expect(JSON.stringify([error, error?.message, error?.stack])).not.toMatch(/private|another-secret/);
  });
});
