import type { RequestTrace } from "../../../local/apigateway/request-trace";
import { overview } from "../../../local/server/overview";
import { type RunningGateway, startGateway } from "../../../local/server/start-gateway";
import { GuardedStack } from "../../support/guarded-stack";
import { LocalStack } from "../../support/local-stack";
import { SigningCaller } from "../../support/signed-request";

const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const STACK = new GuardedStack();
const RUNNING: RunningGateway[] = [];

async function start(options: object = {}): Promise<RunningGateway> {
  const gateway = await startGateway({ stacks: [STACK.folder], ...options });
  RUNNING.push(gateway);
  return gateway;
}

afterAll(async () => {
  await Promise.all(RUNNING.map((gateway) => gateway.close()));
  STACK.remove();
});

/** What the page is told first. */
async function stateOf({ pageUrl }: RunningGateway): Promise<string> {
  const end = new AbortController();
  const events = await fetch(`${pageUrl ?? ""}_page/events`, { signal: end.signal });
  const reader = (events.body as ReadableStream<Uint8Array>).getReader();
  let text = "";
  while (!/event: state\ndata: .*\n\n/.test(text)) {
    text += Buffer.from((await reader.read()).value ?? []).toString();
  }
  end.abort();
  return text;
}

it("are shown credentials to try methods with, on this machine only", async () => {
  const gateway = await start({ page: true });
  const token = gateway.stacks[0]?.urls.find(({ sampleToken }) => sampleToken)?.sampleToken ?? "none";
  const local = await stateOf(gateway);
  expect(local).toContain(SECRET);
  expect(local).toContain(token);
  const open = await stateOf(await start({ page: true, host: "0.0.0.0" }));
  expect(open).toContain('"signingRegion":"eu-central-1"');
  expect(open).not.toContain(SECRET);
  expect(open).not.toContain("sampleToken");
});

it("are told a command that is let in, with secrets that the gateway made up only", async () => {
  const [stack] = (await start()).stacks;
  const endpoint = (suffix: string) => ({
    ...stack,
    url: stack?.urls.find(({ url }) => url.endsWith(suffix))?.url ?? "",
  });
  const given = await start({ credentials: [{ accessKeyId: "AKIAME", secretAccessKey: "hidden" }] });
  const shown = (gateway: RunningGateway | undefined, suffix: string) =>
    overview({ ...gateway, consumers: [], buckets: [], stacks: [endpoint(suffix)] } as RunningGateway);
  expect(shown(RUNNING[0], "/signed")).toContain(
    ` --aws-sigv4 "aws:amz:eu-central-1:execute-api" --user "AKIAIOSFODNN7EXAMPLE:${SECRET}" `,
  );
  expect(shown(given, "/signed")).toContain(' --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" ');
  expect(shown(given, "/guarded")).toMatch(
    /Cognito's ID token.* -H "Authorization: ey[\w-]+\.[\w-]+\.[\w-]+" /s,
  );
  expect(shown(given, "/scoped")).toContain("Cognito's access token");
});

it("are not betrayed by traces and lines", async () => {
  const told: string[] = [];
  const gateway = await start({
    credentials: [{ accessKeyId: "ASIAME", secretAccessKey: "hidden", sessionToken: "very-secret" }],
    onTrace: ({ request: { headers } }: RequestTrace) => told.push(JSON.stringify(headers)),
    log: (line: string) => told.push(line),
  });
  const keys = { accessKeyId: "ASIAME", secretAccessKey: "hidden" };
  const caller = new SigningCaller(gateway.stacks[0]?.url ?? "", keys);
  const request = { path: "/guarded/v1/signed", sessionToken: "very-secret" };
  expect(await caller.call(request)).toMatchObject({ status: 200 });
  expect(await caller.call(request, { body: "[]" })).toMatchObject({ status: 403 });
  expect(await caller.send(await caller.presign(request))).toMatchObject({ status: 200 });
  expect(await caller.send({ ...(await caller.presign(request)), body: "[]" })).toMatchObject({
    status: 403,
  });
  expect(told).toHaveLength(8);
  expect(told.join()).not.toMatch(/very-secret|hidden|Signature=[\da-f]/);
});

it("get our own stack's answers", async () => {
  const stack = await LocalStack.start(undefined, {
    edit: ({ resource }: { resource: Record<string, Record<string, { authorization: string }>> }) => {
      for (const method of Object.values(resource.aws_api_gateway_method ?? {})) {
        method.authorization = "AWS_IAM";
      }
    },
  });
  const url = stack.served("no-auth-stack").url;
  const caller = new SigningCaller(url, { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: SECRET });
  const request = { path: new URL(url).pathname };
  expect(await caller.call(request)).toMatchObject({ status: 200 });
  const { status, body } = await caller.call(request, { body: "[]" });
  expect([status, JSON.parse(body)]).toEqual([
    403,
    expect.objectContaining({ message: "The signature is not valid." }),
  ]);
  expect((await stack.post("{}")).status).toBe(403);
  await stack.close();
});
