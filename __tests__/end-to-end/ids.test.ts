import { SENSITIVE_VARIABLES } from "../support/setting-groups";
import { LocalStack } from "../support/local-stack";

interface Line {
  readonly requestId: string;
  readonly extendedRequestId: string;
  readonly status: string;
  readonly trace: string;
  readonly sqs: string;
}

interface Document {
  readonly resource: { readonly aws_api_gateway_stage: Record<string, object> };
}

/** All of what a stage says of its log, as Terraform has it. */
const STAGE = {
  xray_tracing_enabled: true,
  access_log_settings: {
    destination_arn: "arn:aws:logs:eu-central-1:123456789012:log-group:orders",
    format:
      '{"requestId":"$context.requestId","extendedRequestId":"$context.extendedRequestId","status":"$context.status","trace":"$context.xrayTraceId","sqs":"$context.awsEndpointRequestId"}',
  },
};

let local: LocalStack;
const LINES: Line[] = [];

beforeAll(async () => {
  Object.assign(process.env, SENSITIVE_VARIABLES);
  local = await LocalStack.start(
    { cors: { allow_origins: ["https://shop.example"] } },
    {
      accessLog: (line) => LINES.push(JSON.parse(line) as Line),
      auth: { batch: true, method_throttles: { "sqs/batch/POST": { rate_limit: 0, burst_limit: 0 } } },
      noAuth: { secret_header: "X-Gitlab-Token" },
      edit: ({ resource }: Document) => {
        for (const stage of Object.values(resource.aws_api_gateway_stage)) Object.assign(stage, STAGE);
      },
    },
  );
});

beforeEach(() => {
  LINES.length = 0;
});

afterAll(() => local.close());

const SECRET = { "X-Gitlab-Token": SENSITIVE_VARIABLES.TF_VAR_secret_header_value };
const TOKEN = { Authorization: "testtoken" };

test.each<[string, number, Parameters<LocalStack["post"]>[2], string, Parameters<LocalStack["post"]>[1]]>([
  ["a message", 200, "auth-stack", "{}", { headers: TOKEN }],
  ["a message with its secret", 200, "no-auth-stack", "{}", { headers: SECRET }],
  ["a message without its secret", 403, "no-auth-stack", "{}", {}],
  ["a message that SQS refuses", 400, "auth-stack", "\u0007", { headers: TOKEN }],
  ["a preflight, answered by MOCK", 204, "auth-stack", "", { method: "OPTIONS" }],
  ["a throttled batch", 429, "auth-stack", "[1]", { headers: TOKEN, path: "/batch" }],
  ["no token", 401, "auth-stack", "{}", {}],
  ["a wrong token", 403, "auth-stack", "{}", { headers: { Authorization: "x" } }],
  ["no method", 403, "auth-stack", "{}", { headers: TOKEN, path: "/x" }],
  ["an unknown type", 415, "auth-stack", "{}", { headers: { ...TOKEN, "Content-Type": "a/b" } }],
])(
  "%s, answered %d, has its ids in the answer and in one line of the log",
  async (_what, status, stack, text, options) => {
    const response = await local.post(text, options, stack);
    const answer = await response.text();
    expect(response.status).toBe(status);
    const requestId = response.headers.get("x-amzn-RequestId") ?? "";
    const told = /"requestId":"([^"]*)"/.exec(answer)?.[1];
    expect(told).toBe(status >= 400 ? requestId : undefined);
    expect(LINES).toEqual([
      {
        requestId,
        extendedRequestId: response.headers.get("x-amz-apigw-id"),
        status: String(status),
        trace: expect.stringMatching(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/) as string,
        sqs: /"ResponseMetadata":\{"RequestId":"([^"]+)"/.exec(answer)?.[1] ?? (expect.any(String) as string),
      },
    ]);
  },
);
