import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { type GatewayOptions, type RunningGateway, startGateway } from "../../../local/server/start-gateway";
import type { PolicyDocument } from "../../../aws/policy-document";
import { GuardedStack } from "../../support/guarded-stack";
import { SigningCaller, type ToSign, type WireRequest } from "../../support/signed-request";

const RUNNING: RunningGateway[] = [];
const STACKS: GuardedStack[] = [];
const SAMPLE = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};
const PATH = "/guarded/v1/signed";
const MINUTE = 60_000;

async function start(options: Partial<GatewayOptions> = {}): Promise<SigningCaller> {
  const stack = new GuardedStack();
  const gateway = await startGateway({ stacks: [stack.folder], ...options });
  RUNNING.push(gateway);
  STACKS.push(stack);
  return new SigningCaller(gateway.stacks[0]?.url ?? "", SAMPLE);
}

let caller: SigningCaller;

beforeAll(async () => {
  caller = await start();
});

afterAll(async () => {
  await Promise.all(RUNNING.map((gateway) => gateway.close()));
  for (const stack of STACKS) stack.remove();
});

const RESOURCE = "arn:aws:execute-api:eu-central-1:********0000:";

describe("a signed request", () => {
  it("passes, and tells who signed it", async () => {
    const { status, body } = await caller.call({ path: PATH });
    expect(status).toBe(200);
    expect((JSON.parse(body) as { identity: string[] }).identity).toEqual([
      "AKIAIOSFODNN7EXAMPLE",
      "000000000000",
      "AIDAIOSFODNN7EXAMPLE",
      "AIDAIOSFODNN7EXAMPLE",
      "arn:aws:iam::000000000000:user/local",
    ]);
  });

  it.each<[string, ToSign, Partial<WireRequest>?]>([
    [
      "a query with repeated, empty and odd parameters",
      { path: PATH, query: { b: ["2", "1"], a: "", "ä +&": "é/~*'" } },
    ],
    ["a path with encoded characters", { path: `${PATH}/a%20b%2Fc%C3%A9+~%25` }],
    ["a path with slashes too many", { path: "/guarded//v1/signed" }],
    ["header values with spaces in them and around", { path: PATH, headers: { "x-a": "  a   b  " } }],
    [
      "header values beyond ASCII",
      { path: PATH, headers: { "x-a": "é" } },
      { headers: { "x-a": Buffer.from("é").toString("latin1") } },
    ],
    ["a payload beyond ASCII", { path: PATH, body: '{"é": "\u{1f600}"}' }],
    ["an empty payload", { path: PATH, body: "" }],
    ["more headers than were signed", { path: PATH }, { headers: { "x-more": "1" } }],
    ["a clock four minutes behind", { path: PATH, signingDate: new Date(Date.now() - 4 * MINUTE) }],
    ["a clock four minutes ahead", { path: PATH, signingDate: new Date(Date.now() + 4 * MINUTE) }],
  ])("passes with %s", async (_, request, ...[change]) => {
    expect(await caller.call(request, change)).toMatchObject({ status: 200 });
  });

  it("is signed over a repeated header in its order", async () => {
    const { headers, ...signed } = await caller.sign({ path: PATH, headers: { "x-a": "1,2" } });
    expect(await caller.send({ ...signed, headers: { ...headers, "x-a": ["1", " 2 "] } })).toMatchObject({
      status: 200,
    });
    expect(await caller.send({ ...signed, headers: { ...headers, "x-a": ["2", "1"] } })).toMatchObject({
      status: 403,
    });
  });

  it("may say the payload's hash in a header, which has to be true", async () => {
    const hash = createHash("sha256").update("{}").digest("hex");
    const said = (value: string) => caller.call({ path: PATH, headers: { "x-amz-content-sha256": value } });
    expect(await said(hash)).toMatchObject({ status: 200 });
    expect(await said("UNSIGNED-PAYLOAD")).toMatchObject({ errorType: "InvalidSignatureException" });
  });

  it("is told the text that it should have been signed over", async () => {
    const { status, errorType, body } = await caller.call(
      { path: PATH, headers: { "x-a": " a  b" } },
      { body: "[]" },
    );
    expect([status, errorType]).toEqual([403, "InvalidSignatureException"]);
    const { message } = JSON.parse(body) as { message: string };
    expect(message).toMatch(
      /^The request signature we calculated does not match the signature you provided\. Check your AWS Secret Access Key and signing method\. Consult the service documentation for details\.\n\nThe Canonical String for this request should have been\n'POST\n\/guarded\/v1\/signed\n\ncontent-type:application\/json\nhost:127\.0\.0\.1:\d+\nx-a:a b\nx-amz-date:\d{8}T\d{6}Z\n\ncontent-type;host;x-a;x-amz-date\n4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n\d{8}T\d{6}Z\n\d{8}\/eu-central-1\/execute-api\/aws4_request\n[\da-f]{64}'\n$/,
    );
  });

  it.each<[string, ToSign, Partial<WireRequest>, string, RegExp]>([
    ["another secret", { path: PATH, secretAccessKey: "x" }, {}, "InvalidSignature", /does not match/],
    ["another path", { path: PATH }, { path: `${PATH}/other` }, "InvalidSignature", /does not match/],
    [
      "another query",
      { path: PATH, query: { a: "1" } },
      { path: `${PATH}?a=2` },
      "InvalidSignature",
      /does not match/,
    ],
    [
      "another signed header",
      { path: PATH, headers: { "x-a": "1" } },
      { headers: { "x-a": "2" } },
      "InvalidSignature",
      /does not match/,
    ],
    [
      "another Host",
      { path: PATH },
      { headers: { host: "localhost" } },
      "InvalidSignature",
      /does not match/,
    ],
    [
      "another service",
      { path: PATH, service: "sqs" },
      {},
      "InvalidSignature",
      /^Credential should be scoped to correct service: 'execute-api'\. $/,
    ],
    [
      "another Region",
      { path: PATH, region: "us-east-1" },
      {},
      "InvalidSignature",
      /^Credential should be scoped to a valid region, not 'us-east-1'\. $/,
    ],
    [
      "a clock six minutes behind",
      { path: PATH, signingDate: new Date(Date.now() - 6 * MINUTE) },
      {},
      "InvalidSignature",
      /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/,
    ],
    [
      "a clock six minutes ahead",
      { path: PATH, signingDate: new Date(Date.now() + 6 * MINUTE) },
      {},
      "InvalidSignature",
      /^Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 5 min\.\)$/,
    ],
    [
      "an unknown key",
      { path: PATH, accessKeyId: "AKIAUNKNOWN" },
      {},
      "UnrecognizedClient",
      /^The security token included in the request is invalid\.$/,
    ],
    [
      "a session token that its key has not",
      { path: PATH, sessionToken: "t" },
      {},
      "UnrecognizedClient",
      /^The security token included in the request is invalid\.$/,
    ],
  ])("with %s is refused", async (_, request, change, fault, message) => {
    const { status, errorType, body } = await caller.call(request, change);
    expect([status, errorType]).toEqual([403, `${fault}Exception`]);
    expect((JSON.parse(body) as { message: string }).message).toMatch(message);
  });

  it("covers the payload as it was sent, before it is decompressed", async () => {
    const signed = await caller.sign({ path: PATH, headers: { "content-encoding": "identity" } });
    expect(await caller.send(signed)).toMatchObject({ status: 200 });
  });
});

describe("an Authorization header", () => {
  const DATE = { "x-amz-date": "20261129T120000Z" };
  const send = (headers: Record<string, string>) => caller.send({ path: PATH, body: "{}", headers });

  it("that is missing", async () => {
    expect(await send({})).toEqual({
      status: 403,
      errorType: "MissingAuthenticationTokenException",
      body: '{"message":"Missing Authentication Token"}',
    });
  });

  it.each<[string, Record<string, string>, string]>([
    [
      "Bearer eyJ.eyJ.x",
      DATE,
      "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): 's/b6PIFB0aUFAoe/PL7jXdIrRWMubHLOiftoqSiXLgE='.",
    ],
    ["AWS4-HMAC-SHA256", DATE, "Invalid key=value pair"],
    ["AWS4-HMAC-SHA256 Credential=a, Signature", DATE, "Invalid key=value pair"],
    [
      "AWS4-HMAC-SHA256 Credential=a",
      DATE,
      "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4-HMAC-SHA256 Credential=a",
    ],
    [
      "Basic YTpi=",
      {},
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=Basic YTpi=",
    ],
    [
      "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=c",
      { "x-amz-date": "yesterday" },
      "Date must be in ISO-8601 'basic format'. Got 'yesterday'. See http://en.wikipedia.org/wiki/ISO_8601",
    ],
    [
      "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=c",
      { "x-amz-date": "20261399T120000Z" },
      "Date must be in ISO-8601",
    ],
  ])("%j is incomplete", async (authorization, headers, message) => {
    const { status, errorType, body } = await send({ authorization, ...headers });
    expect([status, errorType]).toEqual([403, "IncompleteSignatureException"]);
    const told = (JSON.parse(body) as { message: string }).message;
    expect(told.slice(0, message.length)).toBe(message);
  });

  it.each([
    [
      "Credential=[^/]*",
      "Credential=A/B",
      "IncompleteSignature",
      /^Credential must have exactly 5 slash-delimited elements/,
    ],
    [
      "aws4_request",
      "aws5",
      "InvalidSignature",
      /^Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5'\. $/,
    ],
    ["/\\d{8}/", "/20200101/", "InvalidSignature", /^Date in Credential scope does not match YYYYMMDD/],
    ["host;", "", "InvalidSignature", /must be a 'SignedHeader'/],
    [
      "AWS4-HMAC-SHA256",
      "AWS4-ECDSA-P256-SHA256",
      "IncompleteSignature",
      /^Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'/,
    ],
    ["Signature=.*", "Signature=", "InvalidSignature", /does not match/],
    ["content-type;", "content-type;x-absent;", "InvalidSignature", /\nx-absent:\n/],
    ["content-type;", "__proto__;", "InvalidSignature", /does not match/],
  ])("with %s made %j is refused", async (part, replacement, fault, message) => {
    const signed = await caller.sign({ path: PATH });
    const authorization = String(signed.headers.authorization).replace(new RegExp(part), replacement);
    const { errorType, body } = await caller.send({
      ...signed,
      headers: { ...signed.headers, authorization },
    });
    expect(errorType).toBe(`${fault}Exception`);
    expect((JSON.parse(body) as { message: string }).message).toMatch(message);
  });
});

describe("a signature in the query", () => {
  it("passes as long as it says", async () => {
    const anHourAgo = new Date(Date.now() - 60 * MINUTE);
    for (const [request, expires, status] of [
      [{ path: PATH }, 300, 200],
      [{ path: PATH, query: { a: "é b" } }, 300, 200],
      [{ path: PATH, signingDate: anHourAgo }, 3700, 200],
      [{ path: PATH, signingDate: anHourAgo }, 3500, 403],
      [{ path: PATH, secretAccessKey: "x" }, 300, 403],
    ] as const) {
      expect((await caller.send(await caller.presign(request, expires))).status).toBe(status);
    }
  });

  it("covers the payload", async () => {
    const signed = await caller.presign({ path: PATH });
    expect(await caller.send({ ...signed, body: "[]" })).toMatchObject({
      errorType: "InvalidSignatureException",
    });
  });

  it.each([
    [
      /X-Amz-SignedHeaders=[^&]*&/,
      "",
      "AWS query-string parameters must include 'X-Amz-SignedHeaders'. Re-examine the query-string parameters.",
    ],
    [/X-Amz-Expires=\d+/, "X-Amz-Expires=x", "X-Amz-Expires must be a number from 0 to 604800. Got 'x'."],
    [
      /X-Amz-Expires=\d+/,
      "X-Amz-Expires=604801",
      "X-Amz-Expires must be a number from 0 to 604800. Got '604801'.",
    ],
  ])("with %s made %j is incomplete", async (part, replacement, message) => {
    const signed = await caller.presign({ path: PATH });
    const answer = await caller.send({ ...signed, path: signed.path.replace(part, replacement) });
    expect(answer).toMatchObject({
      errorType: "IncompleteSignatureException",
      body: JSON.stringify({ message }),
    });
  });
});

describe("credentials", () => {
  const ME = { accessKeyId: "AKIAME", secretAccessKey: "secret" };

  it("of a role's session need its token, until they expire", async () => {
    const session = {
      ...ME,
      accessKeyId: "ASIAME",
      sessionToken: "token",
      arn: "arn:aws:sts::000000000000:assumed-role/Sender/me",
    };
    const expired = { ...session, accessKeyId: "ASIAOLD", expiration: "2026-01-01T00:00:00Z" };
    const fresh = {
      ...session,
      accessKeyId: "ASIANEW",
      expiration: new Date(Date.now() + MINUTE),
      userId: "AROA1:me",
    };
    const called = await start({ credentials: [session, expired, fresh] });
    const call = (accessKeyId: string, sessionToken?: string) =>
      called.call({
        path: PATH,
        accessKeyId,
        secretAccessKey: "secret",
        ...(sessionToken && { sessionToken }),
      });
    const answer = await call("ASIAME", "token");
    expect((JSON.parse(answer.body) as { identity: string[] }).identity).toEqual([
      "ASIAME",
      "000000000000",
      "AROAME:me",
      "AROAME:me",
      session.arn,
    ]);
    expect((await call("ASIANEW", "token")).body).toContain('"AROA1:me"');
    expect(await call("ASIAME", "other")).toMatchObject({ errorType: "UnrecognizedClientException" });
    expect(await call("ASIAME")).toMatchObject({ errorType: "UnrecognizedClientException" });
    expect(await call("ASIAOLD", "token")).toEqual({
      status: 403,
      errorType: "ExpiredTokenException",
      body: '{"message":"The security token included in the request is expired"}',
    });
  });

  const statement = (Effect: string, more: object = {}) => ({
    Version: "2012-10-17",
    Statement: [{ Effect, Action: "execute-api:Invoke", Resource: "*", ...more }],
  });
  const ofApi = (Effect: string, AWS: string) => statement(Effect, { Principal: { AWS } });
  const NOTHING = statement("Allow", { Resource: "arn:aws:execute-api:*:*:other/*" });
  const ARN = "arn:aws:iam::000000000000:user/me";
  const FOREIGN = "arn:aws:iam::111111111111:user/me";
  const ROLE = "arn:aws:iam::000000000000:role";
  const SESSION = "arn:aws:sts::000000000000:assumed-role/Sender/me";

  const BY_NAME = statement("Allow", { Condition: { StringEquals: { "aws:username": "me" } } });
  const CASES: readonly (readonly [string, object, object | undefined, string, string])[] = [
    ["nothing allows", NOTHING, undefined, ARN, "no"],
    ["their policy allows", statement("Allow"), undefined, ARN, "yes"],
    ["the API's policy allows", NOTHING, ofApi("Allow", ARN), ARN, "yes"],
    ["the API's policy allows the account", NOTHING, ofApi("Allow", "000000000000"), ARN, "yes"],
    [
      "the API's policy allows a session's role",
      NOTHING,
      ofApi("Allow", `${ROLE}/path/Sender`),
      SESSION,
      "yes",
    ],
    ["the API's policy allows another role", NOTHING, ofApi("Allow", `${ROLE}/Other`), SESSION, "no"],
    ["the API's policy allows somebody else", NOTHING, ofApi("Allow", FOREIGN), ARN, "no"],
    ["another account's user has its own policy only", statement("Allow"), undefined, FOREIGN, "no"],
    ["another account's user has the API's policy only", NOTHING, ofApi("Allow", FOREIGN), FOREIGN, "no"],
    ["both sides allow another account's user", statement("Allow"), ofApi("Allow", FOREIGN), FOREIGN, "yes"],
    ["the policy asks for their name", BY_NAME, undefined, ARN, "yes"],
    ["their policy denies", statement("Deny"), ofApi("Allow", "*"), ARN, "never"],
    ["the API's policy denies", statement("Allow"), ofApi("Deny", "*"), ARN, "never"],
  ];

  describe("let their owner in as the policies do", () => {
    let called: SigningCaller;

    beforeAll(async () => {
      const stacks = CASES.map(
        ([, , policy], index) => new GuardedStack({ name: `s${index}`, ...(policy && { policy }) }),
      );
      const credentials = CASES.map(([, policy, , arn], index) => ({
        accessKeyId: `AKIA${index}`,
        secretAccessKey: "secret",
        arn,
        policy: policy as PolicyDocument,
      }));
      STACKS.push(...stacks);
      const gateway = await startGateway({ stacks: stacks.map(({ folder }) => folder), credentials });
      RUNNING.push(gateway);
      called = new SigningCaller(gateway.stacks[0]?.url ?? "", { ...ME });
    });

    it.each(CASES.map(([title, , , arn, lets], index) => ({ title, arn, lets, index })))(
      "$title: $lets",
      async ({ arn, lets, index }) => {
        const answer = await called.call({ path: `/s${index}/v1/signed`, accessKeyId: `AKIA${index}` });
        if (lets === "yes") {
          expect(answer.status).toBe(200);
          return;
        }
        expect([answer.status, answer.errorType]).toEqual([403, "AccessDeniedException"]);
        const [before, id, after] = answer.body.split(/(?<=\*0000:)(\w+)/);
        expect([before, after]).toEqual([
          `{"Message":"User: ${arn} is not authorized to perform: execute-api:Invoke on resource: ${RESOURCE}`,
          `/v1/POST/signed${lets === "never" ? " with an explicit deny" : ""}"}`,
        ]);
        expect(id).toHaveLength(10);
      },
    );
  });
});

describe("credentials that can't be used", () => {
  it.each<[string, unknown, RegExp]>([
    [
      "no list",
      {},
      /^credentials: is not Array, got a value that is not shown, for its secrets; a list of objects/,
    ],
    ["an empty list", [], /^credentials: has no credentials, /],
    ["no secret", [{ accessKeyId: "A" }], /^credentials: 0\.secretAccessKey is missing, /],
    [
      "a wrong id",
      [{ accessKeyId: "A/B", secretAccessKey: "hidden" }],
      /^credentials: 0\.accessKeyId is no id of an access key, /,
    ],
    [
      "a wrong ARN",
      [{ accessKeyId: "A", secretAccessKey: "hidden", arn: "me" }],
      /^credentials: 0\.arn is no ARN of IAM or STS, /,
    ],
    [
      "a wrong time",
      [{ accessKeyId: "A", secretAccessKey: "hidden", expiration: "soon" }],
      /^credentials: 0\.expiration is no time in ISO 8601, /,
    ],
    [
      "a wrong policy",
      [{ accessKeyId: "A", secretAccessKey: "hidden", policy: {} }],
      /^credentials: 0\.policy .*Statement/,
    ],
    [
      "an unknown key",
      [{ accessKeyId: "A", secretAccessKey: "hidden", secret: "hidden" }],
      /^credentials: 0\.secret is not known, /,
    ],
  ])("%s", async (_, credentials, message) => {
    const error: unknown = await startGateway({
      stacks: STACKS.slice(0, 1).map(({ folder }) => folder),
      credentials: credentials as [],
    }).catch((reason: unknown) => reason);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain("hidden");
  });
});

const curlHelp = spawnSync("curl", ["--help", "all"], { encoding: "utf8" });
const withCurl = (curlHelp.stdout as string | null)?.includes("--aws-sigv4") === true ? it : it.skip;

withCurl("curl --aws-sigv4 signs what passes", async () => {
  const [gateway] = RUNNING;
  const url =
    gateway?.stacks[0]?.urls.find(({ signingRegion }) => signingRegion === "eu-central-1")?.url ?? "";
  const keys = gateway?.sampleCredentials ?? { accessKeyId: "", secretAccessKey: "" };
  const run = promisify(execFile);
  for (const [secret, status] of [
    [keys.secretAccessKey, "200"],
    ["wrong", "403"],
  ]) {
    const { stdout } = await run("curl", [
      ...["-s", "-o", "/dev/null", "-w", "%{http_code}", "-X", "POST", url],
      ...["--aws-sigv4", "aws:amz:eu-central-1:execute-api", "--user", `${keys.accessKeyId}:${secret ?? ""}`],
      ...["-H", "Content-Type: application/json", "--data", '{"status": "ok"}'],
    ]);
    expect(stdout).toBe(status);
  }
});
