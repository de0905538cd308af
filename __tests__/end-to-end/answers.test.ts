import { request } from "node:http";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FakeSqs } from "../support/fake-sqs";
import { LocalStack } from "../support/local-stack";

const AUTHORIZER = `
exports.handler = async ({ authorizationToken, methodArn }) => {
  if (authorizationToken === "crash") throw new Error("arn:aws:lambda:eu-central-1:123456789012:function:x broke");
  return {
    principalId: "p",
    policyDocument: {
      Version: "2012-10-17",
      Statement: [{
        Action: "execute-api:Invoke",
        Effect: authorizationToken === "deny" ? "Deny" : "Allow",
        Resource: authorizationToken === "other" ? methodArn + "/other" : methodArn,
      }],
    },
  };
};`;

const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;

/** The status, and the body when it is in the one shape; fails when anything in the answer names the operator's things. */
async function told(response: Response) {
  const text = await response.text();
  const all = `${JSON.stringify([...response.headers])}${text}`;
  expect(all).not.toMatch(/arn:|123456789012|role|lambda|amazonaws|http:|queue-leveling|"open"|"auth"/i);
  expect(response.headers.get("content-type")).toBe("application/json");
  return {
    status: response.status,
    retryAfter: response.headers.get("Retry-After"),
    body: JSON.parse(text) as unknown,
  };
}

function shape(code: string) {
  return { code, message: expect.stringMatching(/\w/) as string, requestId: uuid };
}

describe("an accepted message", () => {
  let local: LocalStack;

  beforeAll(async () => {
    const template = '{"ok":true,"id":"$input.path(\'$.SendMessageResponse.SendMessageResult.MessageId\')"}';
    local = await LocalStack.start(
      { response: "compact" },
      { auth: { response: { status: 201, template } } },
    );
  });

  afterAll(() => local.close());

  test("is answered 202 with two ids when compact", async () => {
    const response = await told(await local.post("{}"));
    const message = await local.receive();
    expect(response).toEqual({
      status: 202,
      retryAfter: null,
      body: { messageId: message?.MessageId, requestId: uuid },
    });
  });

  test("is answered with one's own status and template", async () => {
    const response = await told(
      await local.post("{}", { headers: { Authorization: "testtoken" } }, "auth-stack"),
    );
    const message = await local.receive("auth-stack");
    expect(response).toMatchObject({ status: 201, body: { ok: true, id: message?.MessageId } });
  });

  test.each(["application/xml", "text/html", "*/*", "application/json;q=0.5, text/xml"])(
    "is answered in JSON, also to a caller that accepts %s",
    async (Accept) => {
      expect(await told(await local.post("{}", { headers: { Accept } }))).toMatchObject({ status: 202 });
      expect(await told(await local.post('"\u0007"', { headers: { Accept } }))).toMatchObject({
        status: 400,
      });
    },
  );
});

describe("API Gateway's own errors", () => {
  let folder: string;
  let local: LocalStack;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "queue-leveling-authorizer-"));
    writeFileSync(join(folder, "index.js"), AUTHORIZER);
    local = await LocalStack.start({}, { authorizer: folder });
  });

  afterAll(async () => {
    await local.close();
    rmSync(folder, { recursive: true });
  });

  test.each([
    ["no token", {}, 401, "UNAUTHORIZED"],
    ["an empty token", { Authorization: "" }, 401, "UNAUTHORIZED"],
    ["a denied token", { Authorization: "deny" }, 403, "ACCESS_DENIED"],
    ["a token for another path", { Authorization: "other" }, 403, "ACCESS_DENIED"],
    ["an authorizer that fails", { Authorization: "crash" }, 500, "AUTHORIZER_CONFIGURATION_ERROR"],
  ])("%s", async (_what, headers, status, code) => {
    const response = await told(await local.post("{}", { headers }, "auth-stack"));
    expect(response).toEqual({ status, retryAfter: null, body: shape(code) });
  });

  test.each([
    ["an unknown path", "/other", "POST"],
    ["another method", "", "PUT"],
    ["DELETE", "", "DELETE"],
    ["the batch that is not offered", "/batch", "POST"],
  ])("%s is answered 403", async (_what, path, method) => {
    const response = await told(await local.post("{}", { path, method }));
    expect(response).toEqual({
      status: 403,
      retryAfter: null,
      body: {
        code: "MISSING_AUTHENTICATION_TOKEN",
        message: "There is no such method at this path.",
        requestId: uuid,
      },
    });
  });

  test("an unknown path with a token is answered 403", async () => {
    const response = await told(
      await local.post("{}", { path: "/x", headers: { Authorization: "Bearer x" } }),
    );
    expect(response).toMatchObject({ status: 403, body: shape("INVALID_SIGNATURE") });
  });

  test("another content type is answered 415", async () => {
    const response = await told(await local.post("<a/>", { headers: { "Content-Type": "text/xml" } }));
    expect(response).toEqual({ status: 415, retryAfter: null, body: shape("UNSUPPORTED_MEDIA_TYPE") });
  });

  test("too many headers are answered 413", async () => {
    const response = await told(await local.post("{}", { headers: { "X-Long": "x".repeat(10_300) } }));
    expect(response).toEqual({ status: 413, retryAfter: null, body: shape("REQUEST_TOO_LARGE") });
  });

  test("a body over 10 MiB is answered 413 in API Gateway's own words", async () => {
    const answer = await postWithoutReading(local.served("no-auth-stack").url, 10 * 1024 * 1024 + 1);
    expect(answer).toEqual({ status: 413, text: "HTTP content length exceeded 10485760 bytes." });
  });

  test("a body over SQS's limit is answered 413", async () => {
    const response = await told(await local.post("x".repeat(1024 * 1024 + 1)));
    expect(response).toEqual({ status: 413, retryAfter: null, body: shape("MESSAGE_TOO_LONG") });
    expect(await local.receive()).toBeUndefined();
  });
});

test("API Gateway's throttle is answered 429 with Retry-After", async () => {
  const local = await LocalStack.start({}, { edit: throttle });
  try {
    const responses = await Promise.all([local.post("1"), local.post("2"), local.post("3")]);
    const answers = await Promise.all(responses.map(told));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused).toContainEqual({ status: 429, retryAfter: "1", body: shape("THROTTLED") });
    expect(await local.receiveAll()).toHaveLength(3 - refused.length);
  } finally {
    await local.close();
  }
});

function throttle({ resource }: { resource: Record<string, object> }): void {
  const stages = Object.keys(resource.aws_api_gateway_stage ?? {});
  resource.aws_api_gateway_method_settings = {
    throttle: {
      rest_api_id: `\${aws_api_gateway_stage.${stages[0] ?? ""}.rest_api_id}`,
      stage_name: `\${aws_api_gateway_stage.${stages[0] ?? ""}.stage_name}`,
      method_path: "*/*",
      settings: { throttling_burst_limit: 1, throttling_rate_limit: 1 },
    },
  };
}

test("a role that may not send is the operator's mistake, and its name is not told", async () => {
  const local = await LocalStack.start({}, { edit: forbid });
  try {
    const response = await told(await local.post("{}"));
    expect(response).toEqual({ status: 500, retryAfter: null, body: shape("INTERNAL_ERROR") });
  } finally {
    await local.close();
  }
});

function forbid({
  resource,
}: {
  resource: { aws_iam_role_policy: Record<string, { policy: string }> };
}): void {
  for (const policy of Object.values(resource.aws_iam_role_policy)) {
    policy.policy = policy.policy.replace("sqs:SendMessage", "sqs:ReceiveMessage");
  }
}

describe("SQS that is slow or gone", () => {
  const fake = new FakeSqs();
  let local: LocalStack;

  beforeAll(async () => {
    const sqsEndpoint = await fake.start();
    local = await LocalStack.start({ integration_timeout_milliseconds: 200 }, { sqsEndpoint });
  });

  afterAll(() => local.close());

  test("is answered 504 with Retry-After when it is slow", async () => {
    fake.delayMs = 5000;
    const response = await told(await local.post("{}"));
    expect(response).toEqual({ status: 504, retryAfter: "1", body: shape("INTEGRATION_TIMEOUT") });
  });

  test("is answered 503 with Retry-After when it is gone", async () => {
    await fake.close();
    const response = await told(await local.post("{}"));
    expect(response).toEqual({ status: 503, retryAfter: "1", body: shape("INTEGRATION_FAILURE") });
  });
});

/** fetch gives up when the server answers before it has read the body. */
function postWithoutReading(
  url: string,
  length: number,
): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "application/json", "Content-Length": length };
    const post = request(url, { method: "POST", headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () => {
        resolve({ status: response.statusCode, text });
        post.destroy();
      });
    });
    post.on("error", reject);
    post.write(Buffer.alloc(length));
    post.end();
  });
}
