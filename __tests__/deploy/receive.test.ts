import { awsSnapshot } from "../support/deploy/aws-snapshot";
import { ChangingStack } from "../support/deploy/changing-stack";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { describeRoles } from "../support/deploy/role-description";
import { whileServed } from "../support/deploy/served-state";

describeDeploy("receiving by HTTP from a deployed stack", () => {
  let stack: ChangingStack;
  let before: unknown;

  beforeAll(async () => {
    stack = await ChangingStack.deploy();
    before = await awsSnapshot(stack.workspace.aws);
  });

  afterAll(() => stack.workspace.close());

  test("a second role may receive, delete and hide messages of the queue, and nothing else", async () => {
    await stack.applyOnly({ receive: true });
    await stack.expectNothingToChange();
    const roles = await describeRoles(stack.workspace.aws);
    const statements = roles.map(({ inlinePolicies }) => inlinePolicies);
    const Resource = expect.stringMatching(/^arn:aws:sqs:[a-z0-9-]+:\d{12}:orders$/) as string;
    const receiving = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"];
    for (const Action of ["sqs:SendMessage", receiving]) {
      expect(statements).toContainEqual([
        { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] },
      ]);
    }
  });

  test("a message that is sent is received, given back, received again and deleted", async () => {
    const message = '{"a": "é & + \\" \u2028 👍"}';
    await calling(async (call) => {
      expect(await call("POST", "", message)).toMatchObject({ status: 200 });
      const first = await call("GET", "?count=10&wait=1&visibility=600");
      expect(first).toMatchObject({ status: 200, messages: [{ body: message }] });
      expect(await call("GET", "?wait=0")).toMatchObject({ status: 200, messages: [] });
      const { receiptHandle = "" } = first.messages?.[0] ?? {};
      const back = JSON.stringify({ receiptHandle, visibilityTimeout: 0 });
      expect(await call("POST", "/visibility", back)).toMatchObject({ status: 200 });
      const again = await call("GET", "?wait=1");
      expect(again).toMatchObject({ messages: [{ body: message }] });
      const { receiptHandle: handle = "" } = again.messages?.[0] ?? {};
      expect(await call("DELETE", `/${encodeURIComponent(handle)}`)).toMatchObject({ status: 200 });
      expect(await call("DELETE", "", JSON.stringify({ receiptHandle: "AQEB+/=" }))).toMatchObject({
        status: 404,
        code: "UNKNOWN_RECEIPT_HANDLE",
      });
    });
  });

  test("limits change in place", async () => {
    const plan = await stack.apply({ params: { receive: { max_messages: 2 } } });
    expect(plan).not.toMatch(/aws_(sqs_queue|iam_role|api_gateway_rest_api)[.]\S+ (will|must)/);
    await stack.expectNothingToChange();
    await calling(async (call) => {
      expect(await call("GET", "?count=3")).toMatchObject({ status: 400 });
      expect(await call("GET", "?count=2")).toMatchObject({ status: 200, messages: [] });
    });
  });

  test("taken back, it leaves nothing behind, and nobody receives", async () => {
    await stack.applyOnly({});
    expect(await awsSnapshot(stack.workspace.aws)).toEqual(before);
    await stack.expectNothingToChange();
    await calling(async (call) => {
      expect(await call("GET", "")).toMatchObject({ status: 403 });
    });
  });

  async function calling(use: (call: Call) => Promise<void>): Promise<void> {
    await whileServed(stack, (url) =>
      use(async (method, path, body) => {
        const response = await fetch(`${url}${path}`, {
          method,
          headers: { "Content-Type": "application/json", Authorization: "testtoken" },
          ...(body !== undefined && { body }),
        });
        return { status: response.status, ...((await response.json()) as object) };
      }),
    );
  }
});

interface Answer {
  readonly status: number;
  readonly messages?: readonly { readonly receiptHandle: string }[];
}

type Call = (method: string, path: string, body?: string) => Promise<Answer>;
