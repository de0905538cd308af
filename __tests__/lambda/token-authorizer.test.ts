import path from "node:path";
import { HandlerModuleInvoker } from "../../local/lambda/handler-module-invoker";

const invoker = new HandlerModuleInvoker({}, path.join(__dirname, "../../lambda/token-authorizer"));
const METHOD_ARN = "arn:aws:execute-api:eu-west-1:123456789012:abc123/prod/POST/sqs/batch";
const authorize = (authorizationToken?: string) =>
  invoker.invoke(
    "token-authorizer",
    { type: "TOKEN", authorizationToken, methodArn: METHOD_ARN },
    new AbortController().signal,
  );

/** Stands in for the SDK, which Lambda's runtime has and this project does not need. */
const sent = jest.fn<Promise<{ SecretString?: string }>, [{ SecretId: string }, string]>();
jest.mock(
  "@aws-sdk/client-secrets-manager",
  () => ({
    GetSecretValueCommand: class {
      constructor(public readonly input: { SecretId: string }) {}
    },
    SecretsManagerClient: class {
      constructor(private readonly config: { region: string }) {}
      public send({ input }: { input: { SecretId: string } }) {
        return sent(input, this.config.region);
      }
    },
  }),
  { virtual: true },
);

describe("token authorizer", () => {
  const before = process.env.AUTHORIZER_TOKEN;
  beforeEach(() => {
    process.env.AUTHORIZER_TOKEN = "testtoken";
  });
  afterAll(() => {
    if (before === undefined) delete process.env.AUTHORIZER_TOKEN;
    else process.env.AUTHORIZER_TOKEN = before;
  });

  const decision = (Effect: string, principalId: string) => ({
    ok: true,
    payload: {
      principalId,
      policyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Action: "execute-api:Invoke",
            Effect,
            Resource: "arn:aws:execute-api:eu-west-1:123456789012:abc123/prod/*",
          },
        ],
      },
    },
  });

  test("allows the whole stage to who holds the token", async () => {
    expect(await authorize("testtoken")).toEqual(decision("Allow", "token-holder"));
  });

  test.each(["", "other", "testtoken ", "Bearer testtoken", "TESTTOKEN", "testtoke", undefined])(
    "denies %j",
    async (token) => {
      expect(await authorize(token)).toEqual(decision("Deny", "unknown"));
    },
  );

  test.each([undefined, ""])("lets nobody in while the expected token is %j", async (expected) => {
    if (expected === undefined) delete process.env.AUTHORIZER_TOKEN;
    else process.env.AUTHORIZER_TOKEN = expected;
    for (const token of ["", "undefined", "testtoken"]) {
      expect(await authorize(token)).toEqual({
        ok: false,
        errorMessage: expect.stringContaining("AUTHORIZER_TOKEN") as string,
      });
    }
  });

  describe("with a secret", () => {
    const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-AbCdEf";
    const START = Date.now() + 1_000_000;
    const clock = jest.spyOn(Date, "now");
    const at = (milliseconds: number) => clock.mockReturnValue(START + milliseconds);

    beforeEach(() => {
      delete process.env.AUTHORIZER_TOKEN;
      process.env.AUTHORIZER_TOKEN_SECRET_ARN = SECRET;
    });
    afterAll(() => {
      delete process.env.AUTHORIZER_TOKEN_SECRET_ARN;
      clock.mockRestore();
    });

    test("a secret that can't be read lets nobody in", async () => {
      at(0);
      sent.mockRejectedValueOnce(new Error("AccessDenied"));
      expect(await authorize("testtoken")).toEqual({ ok: false, errorMessage: "AccessDenied" });
      sent.mockResolvedValueOnce({});
      expect(await authorize("")).toMatchObject({ ok: false });
    });

    test("reads it once in five minutes, and then takes a rotated one", async () => {
      at(0);
      sent.mockClear().mockResolvedValueOnce({ SecretString: "old" });
      expect(await authorize("old")).toEqual(decision("Allow", "token-holder"));
      at(300_000);
      expect(await authorize("new")).toEqual(decision("Deny", "unknown"));
      expect(sent.mock.calls).toEqual([[{ SecretId: SECRET }, "eu-west-1"]]);
      at(300_001);
      sent.mockResolvedValueOnce({ SecretString: "new" });
      expect(await authorize("new")).toEqual(decision("Allow", "token-holder"));
      expect(await authorize("old")).toEqual(decision("Deny", "unknown"));
    });
  });
});
