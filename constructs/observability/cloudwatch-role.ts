import { CloudformationStack } from "@cdktf/provider-aws/lib/cloudformation-stack";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import * as v from "valibot";
import { CLOUDWATCH_ROLE_DESCRIPTION } from "../../aws/own-resources";
import type { RestApiReference } from "../api/target-api";
import { flag } from "../schema";

/** Settings of the role with which API Gateway writes logs. */
export const CLOUDWATCH_ROLE_SETTINGS = {
  /**
   * API Gateway writes logs with one role for all APIs of the account in a Region. This makes a role and names it there, **in place of one
   * that is there**: ask `aws apigateway get-account` first. It stays when this setting or the stack goes, since other APIs may write with
   * it. Costs nothing.
   */
  cloudwatchRole: v.optional(flag("give the account a role for the logs of all its APIs"), false),
};

const RETAINED = { DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" };

const TEMPLATE = {
  AWSTemplateFormatVersion: "2010-09-09",
  Description:
    "The role with which API Gateway writes the logs of all APIs of this account and Region. It outlives this stack.",
  Resources: {
    Role: {
      ...RETAINED,
      Type: "AWS::IAM::Role",
      Properties: {
        Description: CLOUDWATCH_ROLE_DESCRIPTION,
        AssumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" }, Action: "sts:AssumeRole" },
          ],
        },
        // The policy that AWS asks for: which of its rights API Gateway checks when the account gets the role is not documented.
        ManagedPolicyArns: [
          {
            "Fn::Join": [
              ":",
              [
                "arn",
                { Ref: "AWS::Partition" },
                "iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
              ],
            ],
          },
        ],
      },
    },
    Account: {
      ...RETAINED,
      Type: "AWS::ApiGateway::Account",
      Properties: { CloudWatchRoleArn: { "Fn::GetAtt": ["Role", "Arn"] } },
    },
  },
};

/**
 * The account's role for API Gateway's logs, made by CloudFormation, since Terraform can't be told for ever to leave something: its
 * `prevent_destroy` and `removed` hold only as long as the configuration says them. A setting that is dropped would delete the role, and
 * provider 6 would take it from the account; both silence every API there. What CloudFormation retains stays whichever way the stack goes,
 * with every provider. AWS's CDK does the same. Nor do two stacks take the role from each other at each apply, as two
 * `aws_api_gateway_account` would.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigateway-account.html
 * @see https://github.com/aws/aws-cdk/issues/10878 for what a role that goes does
 */
export class CloudwatchRole extends Construct {
  /** What logs have to wait for. */
  public readonly stack: CloudformationStack;

  constructor(scope: Construct, id: string, restApi: RestApiReference) {
    super(scope, id);
    const stackId = TerraformStack.of(this).node.id.replace(/[^A-Za-z0-9]+/g, "-");
    this.stack = new CloudformationStack(this, "Stack", {
      // CloudFormation wants an API to be there first, where the account never had one.
      name: `queue-leveling-${stackId}-${restApi.id}-cloudwatch-role`,
      capabilities: ["CAPABILITY_IAM"],
      templateBody: JSON.stringify(TEMPLATE),
    });
  }
}
