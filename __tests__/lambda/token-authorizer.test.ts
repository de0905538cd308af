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
});
