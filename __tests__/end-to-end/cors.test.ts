import { LocalStack } from "../support/local-stack";
import type { StackName } from "../support/synthesized-project";

const APP = "https://app.example.com";
const ADMIN = "https://admin.example.com:8443";
const STRANGER = "https://evil.example.com";

/** CORS headers of an answer, and its status. */
function cors(response: Response) {
  const header = (name: string) => response.headers.get(name) ?? undefined;
  return {
    status: response.status,
    origin: header("Access-Control-Allow-Origin"),
    vary: header("Vary"),
  };
}

type Post = Parameters<LocalStack["post"]>;

/** Requests that are answered in each of the ways, by status. */
const ANSWERS: [name: string, status: number, ...request: Post][] = [
  ["success", 200, "{}", {}],
  ["what SQS refuses", 400, '"\uffff"', {}],
  ["what does not fit the schema", 400, "[]", {}],
  ["another content type", 415, "x", { headers: { "Content-Type": "text/html" } }],
  ["an unknown path", 403, "{}", { path: "/x" }],
  ["no token", 401, "{}", {}, "auth-stack"],
  ["a denied token", 403, "{}", { headers: { Authorization: "wrong" } }, "auth-stack"],
  ["too many headers", 413, "{}", { headers: { "X-Long": "x".repeat(10_300) } }],
  ["a success of a batch", 200, '["a"]', { path: "/batch" }],
  ["a batch in part", 207, '["a","\\u0007"]', { path: "/batch" }],
  ["a batch that is refused", 400, "[]", { path: "/batch" }],
];

const GATEWAYS_OWN = new Set([401, 403, 413, 415]);

const SCHEMA = { request_schema: { "application/json": { type: ["object", "string"] } }, batch: true };

async function postFrom(local: LocalStack, origin: string, [body, options, stack]: Post): Promise<Response> {
  return local.post(body, { ...options, headers: { ...options?.headers, Origin: origin } }, stack);
}

async function preflight(local: LocalStack, origin: string, path = "", stack: StackName = "auth-stack") {
  return fetch(`${local.served(stack).url}${path}`, {
    method: "OPTIONS",
    headers: {
      Origin: origin,
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization,content-type",
    },
  });
}

describe.each([
  ["one origin", [APP], APP],
  ["every origin", ["*"], "*"],
])("%s", (_what, allow_origins, allowed) => {
  let local: LocalStack;

  beforeAll(async () => {
    local = await LocalStack.start({
      ...SCHEMA,
      cors: {
        allow_origins,
        allow_headers: ["Content-Type", "Authorization", "X-Tenant"],
        allow_methods: ["POST"],
        max_age_seconds: 60,
      },
    });
  });

  afterAll(() => local.close());

  test.each(["", "/batch"])("a preflight at /sqs%s needs no token", async (path) => {
    const response = await preflight(local, APP, path);
    expect(cors(response)).toEqual({ status: 204, origin: allowed });
    expect(await response.text()).toBe("");
    expect(response.headers.get("Access-Control-Allow-Headers")).toBe("Content-Type,Authorization,X-Tenant");
    expect(response.headers.get("Access-Control-Allow-Methods")).toBe("POST");
    expect(response.headers.get("Access-Control-Max-Age")).toBe("60");
  });

  test("an OPTIONS with a content type, which no preflight has, is no 500", async () => {
    const { url } = local.served("auth-stack");
    const headers = { "Content-Type": "multipart/form-data", Origin: APP };
    expect(cors(await fetch(url, { method: "OPTIONS", headers }))).toEqual({ status: 415, origin: allowed });
  });

  test.each(ANSWERS)("%s, %d, may be read", async (_name, status, ...request) => {
    for (const origin of [APP, STRANGER]) {
      expect(cors(await postFrom(local, origin, request))).toEqual({ status, origin: allowed });
    }
  });
});

describe("several origins", () => {
  let local: LocalStack;

  beforeAll(async () => {
    local = await LocalStack.start({ ...SCHEMA, cors: { allow_origins: [APP, ADMIN] } });
  });

  afterAll(() => local.close());

  test.each([
    [APP, APP],
    [ADMIN, ADMIN],
    [STRANGER, undefined],
    [`${APP}.evil.example.com`, undefined],
    ["null", undefined],
  ])("a preflight from %s is told %s", async (origin, allowed) => {
    const response = await preflight(local, origin);
    expect(cors(response)).toEqual({ status: 204, origin: allowed, vary: "Origin" });
    expect(await response.text()).toBe("");
    expect(response.headers.get("Access-Control-Allow-Headers")).toBe("Content-Type,Authorization");
    expect(response.headers.get("Access-Control-Allow-Methods")).toBe("POST,OPTIONS");
    expect(response.headers.get("Access-Control-Max-Age")).toBe("600");
  });

  test.each(ANSWERS)("%s, %d, may be read by those who may", async (name, status, ...request) => {
    const isGatewaysOwn =
      GATEWAYS_OWN.has(status) || name.endsWith("the schema") || name.endsWith("that is refused");
    for (const origin of [APP, ADMIN, STRANGER]) {
      const own = { status, origin: origin === STRANGER ? undefined : origin, vary: "Origin" };
      // API Gateway's own errors can't choose.
      const expected = isGatewaysOwn ? { status, origin: "*" } : own;
      expect(cors(await postFrom(local, origin, request))).toEqual(expected);
    }
  });

  test("an answer without an Origin is the same, without a permission", async () => {
    const response = await local.post("{}");
    expect(cors(response)).toEqual({ status: 200, vary: "Origin" });
    expect(await response.json()).toHaveProperty("SendMessageResponse.SendMessageResult.MessageId");
  });
});

test("a preflight allows the headers that other settings need, each stack its own", async () => {
  const local = await LocalStack.start({
    cors: { allow_origins: [APP] },
    batch: true,
    required_headers: ["X-Tenant"],
    forward_headers: ["x-tenant", "X-Source"],
    message_group_id: { header: "X-Group" },
  });
  try {
    const allowed = async (stack: StackName, path: string) =>
      (await preflight(local, APP, path, stack)).headers.get("Access-Control-Allow-Headers");
    for (const path of ["", "/batch"]) {
      expect(await allowed("auth-stack", path)).toBe("Content-Type,Authorization,X-Tenant,X-Group,X-Source");
      expect(await allowed("no-auth-stack", path)).toBe("Content-Type,X-Tenant,X-Group,X-Source");
    }
  } finally {
    await local.close();
  }
});

test("without the setting nothing may be read, and there is no preflight", async () => {
  const local = await LocalStack.start();
  try {
    expect(cors(await postFrom(local, APP, ["{}", {}]))).toEqual({ status: 200 });
    expect(cors(await preflight(local, APP))).toEqual({ status: 403 });
  } finally {
    await local.close();
  }
});
