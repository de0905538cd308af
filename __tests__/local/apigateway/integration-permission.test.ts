import type { PolicyDocument, PolicyStatement } from "../../../aws/policy-document";
import { prepareIntegrationPermission } from "../../../local/apigateway/integration-permission";
import type { Queue, Role, StackModel } from "../../../local/terraform/stack-model";
import { policy, sample, sampleApi, sampleIntegration, sampleStack } from "../../support/sample-stack";

const [role] = sampleStack().roles as [Role];
const [queue] = sampleStack().queues as [Queue];
const elsewhere = "arn:aws:sqs:eu-central-1:210987654321:orders";

function allowed(
  changes: { role?: Partial<Role>; queuePolicy?: PolicyDocument; credentials?: string | undefined },
  action = "SendMessage",
  queueArn = sample.queueArn,
) {
  const stack: StackModel = sampleStack(undefined, {
    roles: [{ ...role, ...changes.role }],
    queues: [{ ...queue, arn: queueArn, ...(changes.queuePolicy && { policy: changes.queuePolicy }) }],
  });
  const integration = sampleIntegration("credentials" in changes ? { credentials: changes.credentials } : {});
  return prepareIntegrationPermission(stack, sampleApi(), integration)(action, queueArn);
}

const trust = (statement: Partial<PolicyStatement>) => ({
  role: { assumeRolePolicy: policy({ Effect: "Allow", Action: "sts:AssumeRole", ...statement }) },
});
const grants = (...statements: PolicyStatement[]) => ({ role: { policies: [policy(...statements)] } });
const send = { Effect: "Allow", Action: "sqs:SendMessage", Resource: sample.queueArn } as const;
const apigateway = { Service: "apigateway.amazonaws.com" };

describe("the integration's role", () => {
  it.each<[string, Parameters<typeof allowed>[0], boolean]>([
    ["may do what its policy allows", {}, true],
    [
      "may not be one that API Gateway can't assume",
      trust({ Principal: { Service: "lambda.amazonaws.com" } }),
      false,
    ],
    [
      "may not be bound to the account, which API Gateway does not tell",
      trust({
        Principal: apigateway,
        Condition: { StringEquals: { "aws:SourceAccount": sample.accountId } },
      }),
      false,
    ],
    ["needs the action", grants({ ...send, Action: "sqs:ReceiveMessage" }), false],
    ["needs the queue", grants({ ...send, Resource: `${sample.queueArn}-2` }), false],
    [
      "may have wildcards",
      grants({ ...send, Action: "sqs:Send*", Resource: "arn:aws:sqs:*:*:ord?rs" }),
      true,
    ],
    ["is bound by a Deny", grants(send, { ...send, Effect: "Deny", Action: "sqs:*" }), false],
    [
      "is bound by the queue's Deny",
      { queuePolicy: policy({ ...send, Effect: "Deny", Principal: "*" }) },
      false,
    ],
    [
      "is not bound by a Deny of plain HTTP",
      {
        queuePolicy: policy({
          ...send,
          Effect: "Deny",
          Principal: "*",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
      },
      true,
    ],
    [
      "may be allowed by the queue alone",
      { ...grants(), queuePolicy: policy({ ...send, Principal: { AWS: sample.roleArn } }) },
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
    const everywhere = grants({ ...send, Resource: "*" });
    expect(allowed(everywhere, "SendMessage", elsewhere)).toBe(false);
    const queuePolicy = policy({ ...send, Resource: elsewhere, Principal: { AWS: sample.roleArn } });
    expect(allowed({ ...everywhere, queuePolicy }, "SendMessage", elsewhere)).toBe(true);
  });

  it("is taken to have it for a queue that is not in the stack, where the role's policies count alone", () => {
    const decide = (changes: Partial<Role>) =>
      prepareIntegrationPermission(
        sampleStack(undefined, { roles: [{ ...role, ...changes }], queues: [queue] }),
        sampleApi(),
        sampleIntegration({}),
      )("SendMessage", elsewhere);
    expect(decide(grants({ ...send, Resource: elsewhere }).role)).toBe(true);
    expect(decide(grants(send).role)).toBe(false);
  });
});
