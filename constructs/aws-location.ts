import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { Op, type Precondition } from "cdktf";
import { Construct } from "constructs";
import * as v from "valibot";
import { text } from "./schema";
import { checked } from "./setting";

/** Name of an AWS Region, in the syntax that JavaScript and Terraform (RE2) share. */
export const AWS_REGION_NAME_PATTERN = "^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$";

const REGION_NAME = {
  pattern: AWS_REGION_NAME_PATTERN,
  allowed: "the name of an AWS Region",
  example: "eu-central-1",
};

/** Where the stack is deployed. */
export const LOCATION_SETTINGS = {
  /** AWS Region of the API and the queue. */
  awsRegionName: v.optional(text(REGION_NAME)),
};

const PROPS = { regionName: v.optional(text({ ...REGION_NAME, mayBeToken: true })) };

/** Props of {@link AwsLocation}. */
export interface AwsLocationProps {
  /** AWS Region, such as `eu-central-1`. */
  readonly regionName: string;
}

/** Where the stack is deployed: partition, Region and account, for the ARNs that have to be composed. */
export class AwsLocation extends Construct {
  public readonly regionName: string;
  public readonly partition: string;
  /** Such as `amazonaws.com`. */
  public readonly dnsSuffix: string;
  public readonly accountId: string;

  constructor(scope: Construct, id: string, { regionName }: AwsLocationProps) {
    super(scope, id);
    checked(this, PROPS, { regionName });
    this.regionName = regionName;
    const { partition, dnsSuffix } = new DataAwsPartition(this, "Partition");
    this.partition = partition;
    this.dnsSuffix = dnsSuffix;
    this.accountId = new DataAwsCallerIdentity(this, "CallerIdentity").accountId;
  }

  /** ARN of a queue of this account and Region, by its name. */
  public queueArn(queueName: string): string {
    return `arn:${this.partition}:sqs:${this.regionName}:${this.accountId}:${queueName}`;
  }

  /**
   * That `arn`, which a setting gives, is of this Region: Terraform checks it, since the Region may be a variable.
   * @param region of the ARN, where that is a variable, too
   */
  public sameRegion(
    arn: string,
    setting: string,
    { region = arn.split(":")[3] ?? "", thing = "one" } = {},
  ): Precondition {
    return {
      condition: Op.eq(region, this.regionName),
      errorMessage: `${setting}: is in another Region than the API, got ${arn}; the API is in ${this.regionName}. Give ${thing} of that Region.`,
    };
  }
}
