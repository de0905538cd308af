import { readStack } from "../../../local/terraform/read-stack";
import type { Method, StackModel } from "../../../local/terraform/stack-model";
import { CDKTF_DOCUMENT } from "../../support/cdktf-document";

const FUNCTION_ARN = "arn:aws:lambda:eu-west-1:000000000000:function:auth";

function readCdktf(variables: Record<string, string> = {}): StackModel {
  return readStack({
    document: CDKTF_DOCUMENT,
    environment: {},
    variables: Object.entries({ authorizer_lambda_arn: `${FUNCTION_ARN}:live`, ...variables }),
  });
}

function post(model: StackModel): Method {
  const found = model.restApis[0]?.resources.find(({ path }) => path === "/sqs")?.methods.POST;
  if (found === undefined) throw new Error("no POST /sqs");
  return found;
}

describe("a stack made by CDK for Terraform", () => {
  it("is named as its metadata say, or as the caller says", () => {
    expect(readCdktf().name).toBe("auth-stack");
    expect(readStack({ document: { resource: {} }, name: "mine", environment: {} }).name).toBe("mine");
  });

  it("has its method with defaults of API Gateway", () => {
    expect(post(readCdktf())).toMatchObject({
      authorizationType: "CUSTOM",
      apiKeyRequired: false,
      integration: {
        type: "AWS",
        uri: "arn:aws:apigateway:eu-west-1:sqs:path/000000000000/orders",
        timeoutInMillis: 29_000,
        passthroughBehavior: "NEVER",
        credentials: "arn:aws:iam::000000000000:role/sender",
        responses: [{ statusCode: "200", selectionPattern: "2\\d{2}" }],
      },
      methodResponses: { "200": { responseParameters: { "method.response.header.Retry-After": false } } },
    });
  });

  it("has its authorizer with the qualifier of the function", () => {
    expect(post(readCdktf()).authorizer).toMatchObject({
      type: "TOKEN",
      functionArn: `${FUNCTION_ARN}:live`,
      identitySources: ["method.request.header.Authorization"],
      resultTtlInSeconds: 300,
    });
  });

  it("lets the permission name the very authorizer", () => {
    const model = readCdktf();
    const [api] = model.restApis;
    expect(model.lambdaPermissions).toEqual([
      {
        address: "aws_lambda_permission.Permission",
        action: "lambda:InvokeFunction",
        functionName: FUNCTION_ARN,
        qualifier: "live",
        principal: "apigateway.amazonaws.com",
        sourceArn: `arn:aws:execute-api:eu-west-1:000000000000:${api?.id ?? ""}/authorizers/${post(model).authorizer?.id ?? ""}`,
      },
    ]);
  });

  it("has its queues with attributes ready for SQS", () => {
    expect(readCdktf({ storage_sqs_queue_name: "mine" }).queues[0]).toEqual({
      address: "aws_sqs_queue.Queue",
      name: "mine",
      arn: "arn:aws:sqs:eu-west-1:000000000000:mine",
      url: "https://sqs.eu-west-1.amazonaws.com/000000000000/mine",
      attributes: {
        KmsMasterKeyId: "alias/aws/sqs",
        RedrivePolicy:
          '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:000000000000:mine-dlq","maxReceiveCount":3}',
        VisibilityTimeout: "45",
      },
    });
  });

  it("has the role with the rendered policy document", () => {
    const [role] = readCdktf().roles;
    expect(role?.arn).toBe("arn:aws:iam::000000000000:role/sender");
    expect(role?.policies).toEqual([
      {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "sqs:SendMessage",
            Resource: "arn:aws:sqs:eu-west-1:000000000000:orders",
          },
        ],
      },
    ]);
  });

  it("is read the same each time, with ids that differ between stacks", () => {
    const other = readStack({
      document: CDKTF_DOCUMENT,
      name: "other",
      environment: { TF_VAR_authorizer_lambda_arn: FUNCTION_ARN },
    });
    const read = () => {
      const stack = readCdktf();
      return { ...stack, eventSourceMappings: stack.eventSourceMappings(), notes: stack.notes() };
    };
    expect(read()).toEqual(read());
    expect(readCdktf().restApis[0]?.id).toMatch(/^[a-z0-9]{10}$/);
    expect(other.restApis[0]?.id).not.toBe(readCdktf().restApis[0]?.id);
  });
});
