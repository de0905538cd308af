import type { PolicyDocument, PolicyStatement } from "../../../aws/policy-document";
import { prepareQueuePermission } from "../../../local/apigateway/permissions";
import type { Queue } from "../../../local/terraform/model/queue";
import type { Role } from "../../../local/terraform/model/role";
import type { StackModel } from "../../../local/terraform/stack-model";
import { policy, SAMPLE, sampleApi, sampleIntegration, sampleStack } from "../../support/sample-stack";

const [role] = sampleStack().roles as [Role];
const [queue] = sampleStack().queues as [Queue];
const ELSEWHERE = "arn:aws:sqs:eu-central-1:210987654321:orders";

interface Changes {
  readonly role?: Partial<Role>;
  readonly queuePolicy?: PolicyDocument;
  readonly credentials?: string | undefined;
}

function allowed(changes: Changes, action = "SendMessage", queueArn = SAMPLE.queueArn) {
  const stack: StackModel = sampleStack(undefined, {
    roles: [{ ...role, ...changes.role }],
    queues: [{ ...queue, arn: queueArn, ...(changes.queuePolicy && { policy: changes.queuePolicy }) }],
  });
  const integration = sampleIntegration("credentials" in changes ? { credentials: changes.credentials } : {});
  return prepareQueuePermission(stack, sampleApi(), integration)(action, queueArn);
}

const trust = (statement: Partial<PolicyStatement>) => ({
  role: { assumeRolePolicy: policy({ Effect: "Allow", Action: "sts:AssumeRole", ...statement }) },
});
const grants = (...statements: PolicyStatement[]) => ({ role: { policies: [policy(...statements)] } });
const SEND = { Effect: "Allow", Action: "sqs:SendMessage", Resource: SAMPLE.queueArn } as const;
const APIGATEWAY = { Service: "apigateway.amazonaws.com" };

describe("the integration's role", () => {
  it.each<[string, Changes, boolean]>([
    ["may do what its policy allows", {}, true],
    [
      "may not be one that API Gateway can't assume",
      trust({ Principal: { Service: "lambda.amazonaws.com" } }),
      false,
    ],
    [
      "may not be bound to the account, which API Gateway does not tell",
      trust({
        Principal: APIGATEWAY,
        Condition: { StringEquals: { "aws:SourceAccount": SAMPLE.accountId } },
      }),
      false,
    ],
    ["needs the action", grants({ ...SEND, Action: "sqs:ReceiveMessage" }), false],
    ["needs the queue", grants({ ...SEND, Resource: `${SAMPLE.queueArn}-2` }), false],
    [
      "may have wildcards",
      grants({ ...SEND, Action: "sqs:Send*", Resource: "arn:aws:sqs:*:*:ord?rs" }),
      true,
    ],
    ["is bound by a Deny", grants(SEND, { ...SEND, Effect: "Deny", Action: "sqs:*" }), false],
    [
      "is bound by the queue's Deny",
      { queuePolicy: policy({ ...SEND, Effect: "Deny", Principal: "*" }) },
      false,
    ],
    [
      "is not bound by a Deny of plain HTTP",
      {
        queuePolicy: policy({
          ...SEND,
          Effect: "Deny",
          Principal: "*",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
      },
      true,
    ],
    [
      "may be allowed by the queue alone",
      { ...grants(), queuePolicy: policy({ ...SEND, Principal: { AWS: SAMPLE.roleArn } }) },
      true,
    ],
    [
      "is trusted when the stack does not hold it",
      { credentials: "arn:aws:iam::123456789012:role/other" },
      true,
    ],
  ])("%s", (_, changes, expected) => {
    expect(allowed(changes)).toBe(expected);
  });

  it("covers the batch form of an action", () => {
    expect(allowed({}, "SendMessageBatch")).toBe(true);
    expect(allowed({}, "DeleteMessageBatch")).toBe(false);
  });

  it("needs the other account's consent for a queue there", () => {
    const everywhere = grants({ ...SEND, Resource: "*" });
    expect(allowed(everywhere, "SendMessage", ELSEWHERE)).toBe(false);
    const queuePolicy = policy({ ...SEND, Resource: ELSEWHERE, Principal: { AWS: SAMPLE.roleArn } });
    expect(allowed({ ...everywhere, queuePolicy }, "SendMessage", ELSEWHERE)).toBe(true);
  });

  it("is taken to have it for a queue that is not in the stack, where the role's policies count alone", () => {
    const decide = (changes: Partial<Role>) =>
      prepareQueuePermission(
        sampleStack(undefined, { roles: [{ ...role, ...changes }], queues: [queue] }),
        sampleApi(),
        sampleIntegration({}),
      )("SendMessage", ELSEWHERE);
    expect(decide(grants({ ...SEND, Resource: ELSEWHERE }).role)).toBe(true);
    expect(decide(grants(SEND).role)).toBe(false);
  });
});
