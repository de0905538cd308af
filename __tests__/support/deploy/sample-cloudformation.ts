import { EMULATED_REGION, type EmulatedAws } from "./emulated-aws";

/** Logical id of the queue in the templates that the sample's CDK app writes. */
const QUEUE = "storagesqs804AFF47";

/** What AWS's sample deploys: the resources of its template for a stack without an authorizer, without CDK's metadata. */
function sampleTemplate(deletionPolicy: "Delete" | "Retain") {
  const api = { Ref: "sqsapinoauth" };
  return {
    Parameters: { storagequeue: { Type: "String" } },
    Resources: {
      [QUEUE]: {
        Type: "AWS::SQS::Queue",
        Properties: { KmsMasterKeyId: "alias/aws/sqs", QueueName: { Ref: "storagequeue" } },
        UpdateReplacePolicy: deletionPolicy,
        DeletionPolicy: deletionPolicy,
      },
      apigwrole: {
        Type: "AWS::IAM::Role",
        Properties: {
          AssumeRolePolicyDocument: {
            Version: "2012-10-17",
            Statement: [
              {
                Action: "sts:AssumeRole",
                Effect: "Allow",
                Principal: { Service: ["apigateway.amazonaws.com", "lambda.amazonaws.com"] },
              },
            ],
          },
        },
      },
      sqsapinoauth: { Type: "AWS::ApiGateway::RestApi", Properties: { Name: "sqsapi-noauth" } },
      sqsapinoauthsqs: {
        Type: "AWS::ApiGateway::Resource",
        Properties: {
          ParentId: { "Fn::GetAtt": ["sqsapinoauth", "RootResourceId"] },
          PathPart: "sqs",
          RestApiId: api,
        },
      },
      sqsapinoauthsqsPOST: {
        Type: "AWS::ApiGateway::Method",
        Properties: {
          HttpMethod: "POST",
          ResourceId: { Ref: "sqsapinoauthsqs" },
          RestApiId: api,
          AuthorizationType: "NONE",
          Integration: {
            Credentials: { "Fn::GetAtt": ["apigwrole", "Arn"] },
            IntegrationHttpMethod: "POST",
            IntegrationResponses: [{ StatusCode: "200" }],
            PassthroughBehavior: "NEVER",
            RequestTemplates: { "application/json": "Action=SendMessage&MessageBody=$input.body" },
            Type: "AWS",
            Uri: {
              "Fn::Join": [
                "",
                [`arn:aws:apigateway:${EMULATED_REGION}:sqs:path/`, { "Fn::GetAtt": [QUEUE, "QueueName"] }],
              ],
            },
          },
          MethodResponses: [{ StatusCode: "200" }],
        },
      },
    },
  };
}

/** AWS's sample, deployed by CloudFormation. */
export class SampleStack {
  constructor(
    private readonly aws: EmulatedAws,
    private readonly queueName: string,
  ) {}

  public async create(): Promise<void> {
    await this.call("CreateStack", sampleTemplate("Delete"));
  }

  /** Deploys it again with a queue that outlives it, as the sample does with `removal_policy=RemovalPolicy.RETAIN`. */
  public async retainQueue(): Promise<void> {
    await this.call("UpdateStack", sampleTemplate("Retain"));
  }

  public async delete(): Promise<void> {
    await this.call("DeleteStack");
  }

  private async call(action: string, template?: object): Promise<void> {
    const parameters = { "Parameters.member.1.ParameterKey": "storagequeue" };
    const values = { "Parameters.member.1.ParameterValue": this.queueName };
    const withTemplate = template && { TemplateBody: JSON.stringify(template), ...parameters, ...values };
    const response = await fetch(this.aws.endpoint, {
      method: "POST",
      // The emulator tells the service by the credential's scope and checks no signature.
      headers: {
        Authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${EMULATED_REGION}/cloudformation/aws4_request, SignedHeaders=host, Signature=none`,
        "Content-Type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams({ Action: action, StackName: "ApigwSqsStack", ...withTemplate }),
    });
    if (!response.ok) throw new Error(`${action}: ${response.status} ${await response.text()}`);
  }
}
