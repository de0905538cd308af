import { createHmac, createPublicKey, createSign, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { RequestTrace } from "../../../local/apigateway/request-trace";
import type { Claims, KeySet } from "../../../local/cognito/user-pool-keys";
import { type RunningGateway, startGateway } from "../../../local/server/start-gateway";
import { GuardedStack } from "../../support/guarded-stack";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const KEY = { ...privateKey.export({ format: "jwk" }), kid: "k1" } as KeySet["keys"][number];
const POOL = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_first";
const NOW = Math.floor(Date.now() / 1000);
const UNAUTHORIZED = { status: 401, errorType: "UnauthorizedException", body: '{"message":"Unauthorized"}' };

const stack = new GuardedStack();
const TRACES: RequestTrace[] = [];
const LINES: string[] = [];
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await startGateway({
    stacks: [stack.folder],
    jwks: { keys: [KEY] },
    onTrace: (trace) => TRACES.push(trace),
    log: (line) => LINES.push(line),
  });
});

afterAll(async () => {
  await gateway.close();
  stack.remove();
});

async function call(name: string, headers: Record<string, string>, served = gateway) {
  const url = served.stacks[0]?.urls.find((endpoint) => endpoint.url.endsWith(`/v1/${name}`))?.url ?? "";
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: "{}",
  });
  return {
    status: response.status,
    errorType: response.headers.get("x-amzn-errortype"),
    body: await response.text(),
  };
}

const withToken = (name: string, token: string) => call(name, { Authorization: token });
const access = (scope?: string): Claims => ({ token_use: "access", scope });

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** A token with a header of the test's own. */
function forged(header: object, sign: (content: string) => string): string {
  const payload = gateway.cognitoToken().split(".")[1] ?? "";
  const content = `${encode(header)}.${payload}`;
  return `${content}.${sign(content)}`;
}

describe("a method of type COGNITO_USER_POOLS", () => {
  it.each(["", "Bearer "])("takes the ID token behind %j, and tells its claims as texts", async (before) => {
    const token = gateway.cognitoToken({ sub: "me", "cognito:groups": ["a", "b"], exp: 4_102_444_800 });
    const { status, body } = await withToken("guarded", `${before}${token}`);
    expect(status).toBe(200);
    const { claims } = JSON.parse(body) as { claims: string[] };
    expect(claims).toEqual(["me", "a,b", "true", "Fri Jan 01 00:00:00 UTC 2100", ""]);
  });

  it.each<[string, string, Claims, number]>([
    ["an ID token without scopes", "guarded", {}, 200],
    ["an access token without scopes", "guarded", access("orders/read"), 401],
    ["a token of no use", "guarded", { token_use: undefined }, 401],
    ["an ID token with scopes", "scoped", { scope: "orders/read" }, 401],
    ["one of the scopes", "scoped", access("openid orders/write"), 200],
    ["no matching scope", "scoped", access("orders/delete"), 401],
    ["a scope that only starts alike", "scoped", access("orders/reader"), 401],
    ["no scope", "scoped", access(), 401],
    [
      "the second pool",
      "guarded",
      { iss: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_second" },
      200,
    ],
    [
      "another pool",
      "guarded",
      { iss: "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_other" },
      401,
    ],
    ["a pool's name elsewhere", "guarded", { iss: "https://example.com/eu-central-1_first" }, 401],
    ["no issuer", "guarded", { iss: undefined }, 401],
    ["a token for later", "guarded", { nbf: NOW + 60 }, 401],
    ["an expiry that is no number", "guarded", { exp: "never" }, 401],
    ["our client", "ours", { aud: "our-client" }, 200],
    ["another client", "ours", { aud: "other-client" }, 401],
    ["no client", "ours", { aud: undefined }, 401],
  ])("with %s", async (_, name, claims, status) => {
    const token = gateway.cognitoToken(claims);
    const answer = await call(name, { [name === "ours" ? "X-Id-Token" : "Authorization"]: token });
    if (status === 200) expect(answer.status).toBe(200);
    else expect(answer).toEqual(UNAUTHORIZED);
  });

  it("tells that a token has expired, unless more is wrong with it", async () => {
    const token = gateway.cognitoToken({ exp: NOW - 1 });
    expect(await withToken("guarded", token)).toEqual({
      ...UNAUTHORIZED,
      body: '{"message":"The incoming token has expired"}',
    });
    expect(await withToken("guarded", `${token.slice(0, -4)}AAAA`)).toEqual(UNAUTHORIZED);
  });

  it.each<[string, () => string]>([
    ["nothing", () => ""],
    ["no token", () => "Bearer"],
    ["two parts", () => gateway.cognitoToken().replace(/\.[^.]*$/, "")],
    ["parts that are no JSON", () => "a.b.c"],
    [
      "a changed payload",
      () => gateway.cognitoToken().replace(/\..*\./, `.${encode({ iss: POOL, token_use: "id" })}.`),
    ],
    ["no algorithm", () => forged({ alg: "none", kid: "k1" }, () => "")],
    ["no algorithm and a signature", () => forged({ alg: "none", kid: "k1" }, () => "c2ln")],
    [
      "the public key as a secret",
      () => {
        const secret = createPublicKey(privateKey).export({ type: "spki", format: "pem" });
        return forged({ alg: "HS256", kid: "k1" }, (content) =>
          createHmac("sha256", secret).update(content).digest("base64url"),
        );
      },
    ],
    [
      "another algorithm than Cognito's",
      () =>
        forged({ alg: "RS512", kid: "k1" }, (content) =>
          createSign("RSA-SHA512").update(content).sign(privateKey, "base64url"),
        ),
    ],
    [
      "another key",
      () => {
        const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
        return forged({ alg: "RS256", kid: "k1" }, (content) =>
          createSign("RSA-SHA256").update(content).sign(other, "base64url"),
        );
      },
    ],
    [
      "a key of another name",
      () =>
        forged({ alg: "RS256", kid: "k2" }, (content) =>
          createSign("RSA-SHA256").update(content).sign(privateKey, "base64url"),
        ),
    ],
    [
      "no key's name",
      () =>
        forged({ alg: "RS256" }, (content) =>
          createSign("RSA-SHA256").update(content).sign(privateKey, "base64url"),
        ),
    ],
    [
      "a key that it brings",
      () => forged({ alg: "RS256", jwk: KEY, jku: "https://example.com" }, () => "c2ln"),
    ],
  ])("refuses %s", async (_, token) => {
    expect(await withToken("guarded", token())).toEqual(UNAUTHORIZED);
  });

  it("refuses a request without the header", async () => {
    expect(await call("guarded", {})).toEqual(UNAUTHORIZED);
    expect(await call("ours", { Authorization: gateway.cognitoToken({ aud: "our-client" }) })).toEqual(
      UNAUTHORIZED,
    );
  });

  it("shows no token in traces and lines", async () => {
    const token = gateway.cognitoToken();
    await call("ours", { "X-Id-Token": token });
    expect(JSON.stringify(TRACES)).not.toContain(token.split(".")[2]);
    expect(LINES.join()).not.toContain(token.split(".")[2]);
  });
});

describe("the keys of user pools", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "jwks-"));
  const running: RunningGateway[] = [];

  afterAll(async () => {
    await Promise.all(running.map((one) => one.close()));
    rmSync(folder, { recursive: true });
  });

  it("are made where none are given, with a token for each method that stays good when stacks are served anew", async () => {
    const served = await startGateway({ stacks: [stack.folder] });
    running.push(served);
    const samples = () =>
      Object.fromEntries(
        (served.stacks[0]?.urls ?? []).map(({ url, sampleToken = "" }) => [
          url.replace(/^.*\//, ""),
          sampleToken,
        ]),
      );
    const before = samples();
    await served.reload([stack.folder]);
    for (const name of ["guarded", "scoped"]) {
      expect(await call(name, { Authorization: before[name] ?? "" }, served)).toMatchObject({ status: 200 });
    }
    expect(await call("ours", { "X-Id-Token": before.ours ?? "" }, served)).toMatchObject({ status: 200 });
    expect(before.signed).toBe("");
  });

  it("can be a pool's own, which are public", async () => {
    const { kid, kty, n, e } = KEY;
    const file = path.join(folder, "jwks.json");
    writeFileSync(file, JSON.stringify({ keys: [{ kid, kty, n, e, alg: "RS256", use: "sig" }] }));
    const served = await startGateway({ stacks: [stack.folder], jwks: file });
    running.push(served);
    expect(await call("guarded", { Authorization: gateway.cognitoToken() }, served)).toMatchObject({
      status: 200,
    });
    expect(served.stacks[0]?.urls.some(({ sampleToken }) => sampleToken !== undefined)).toBe(false);
    expect(() => served.cognitoToken()).toThrow(/^jwks: holds public keys only, which can't sign/);
  });

  it.each<[string, unknown, RegExp]>([
    [
      "no object",
      null,
      /^jwks: is not Object, got a value that is not shown, for its secrets; a JSON Web Key Set/,
    ],
    ["no keys", { keys: [] }, /^jwks: keys is empty, /],
    [
      "a key without its id",
      { keys: [{ ...KEY, kid: undefined }] },
      /^jwks: keys\.0\.kid is missing|^jwks: keys\.0\.kid is not string/,
    ],
    ["another kind of key", { keys: [{ ...KEY, kty: "EC" }] }, /^jwks: keys\.0\.kty is not "RSA", /],
    ["no key at all", { keys: [{ ...KEY, p: undefined }] }, /^jwks: keys\.0 is no key of RSA, /],
  ])("that are %s are refused", async (_, jwks, message) => {
    const error: unknown = await startGateway({ stacks: [stack.folder], jwks: jwks as KeySet }).catch(
      (reason: unknown) => reason,
    );
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain(KEY.d);
  });

  it("that can't be read are refused", async () => {
    const file = path.join(folder, "missing.json");
    await expect(startGateway({ stacks: [stack.folder], jwks: file })).rejects.toThrow(
      /^jwks: can't be used, got .*ENOENT: no such file or directory, open '.*missing\.json'; a JSON file is allowed/,
    );
  });
});
