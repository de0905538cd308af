import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { Construct } from "constructs";
import { LARGE_BODY_BUCKET_PREFIX, ROLE_NAME_PREFIX } from "../../aws/own-resources";
import type { AwsLocation } from "../aws-location";
import { policyJson, trustOf } from "../policy-json";
import type { TargetQueue } from "../queue/target-queue";
import { checked, type Only, type Options } from "../setting";
import { LARGE_BODY_SETTINGS, type LargeBodies, largeBodiesOf } from "./large-body-settings";

/** Props of {@link LargeBodyBucket}. */
export interface LargeBodyBucketProps {
  readonly location: AwsLocation;
  readonly largeBodies: LargeBodies;
  /** Does Terraform refuse to destroy it? */
  readonly preventDestroy: boolean;
}

type Read = "expirationDays" | "encryptionKeyArn" | "forceDestroy" | "binaryTypes";

/**
 * The bucket that keeps large bodies: closed to the public and to plain HTTP, encrypted, without access lists, and emptied by S3 itself.
 * Its name is the stack's choice up to what AWS puts behind it, so that two deployments never want the same one.
 */
export class LargeBodyBucket extends Construct {
  public readonly arn: string;
  public readonly accountId: string;
  public readonly bucketName: string;
  /** ARN of the customer's KMS key that encrypts the bodies; absent: a key of S3's own does. */
  public readonly encryptionKeyArn?: string | undefined;
  /** Role that API Gateway, and nobody else, assumes to store bodies. */
  public readonly storingRole: IamRole;
  private readonly viaS3: string;

  constructor(scope: Construct, id: string, props: LargeBodyBucketProps) {
    super(scope, id);
    const { location, preventDestroy } = props;
    const { expirationDays, encryptionKeyArn, forceDestroy }: Only<Read, LargeBodies> = props.largeBodies;
    const { bucket, arn } = new S3Bucket(this, "Bucket", {
      bucketPrefix: LARGE_BODY_BUCKET_PREFIX,
      forceDestroy,
      ...(preventDestroy ? { lifecycle: { preventDestroy } } : {}),
    });
    const closed = this.close(bucket);
    new S3BucketPolicy(this, "BucketPolicy", {
      bucket,
      policy: policyJson(refusePlainHttp(arn)),
      // S3 answers 409 to whoever changes both at once.
      dependsOn: [closed],
    });
    this.encrypt(bucket, encryptionKeyArn);
    this.expire(bucket, expirationDays);
    this.arn = arn;
    this.accountId = location.accountId;
    this.bucketName = bucket;
    this.encryptionKeyArn = encryptionKeyArn;
    this.viaS3 = `s3.${location.regionName}.${location.dnsSuffix}`;
    this.storingRole = this.addStoringRole();
  }

  /**
   * Has S3 put a pointer into the queue for each body, also for one that is copied onto itself. S3 first puts a test message there, and
   * asks the queue's policy, which is an attribute of the queue: so it is there before.
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html
   */
  public notify({ arn: queueArn }: TargetQueue): void {
    new S3BucketNotification(this, "Notification", {
      bucket: this.bucketName,
      queue: [{ queueArn, events: ["s3:ObjectCreated:*"] }],
    });
  }

  /** Statements that let a role do `action` with bodies, and use their key for it by way of S3 and no other. */
  public statements(action: string, keyAction: string) {
    const ofBodies = { Effect: "Allow", Action: action, Resource: `${this.arn}/*` };
    if (this.encryptionKeyArn === undefined) return [ofBodies];
    return [
      ofBodies,
      {
        Effect: "Allow",
        Action: keyAction,
        Resource: this.encryptionKeyArn,
        Condition: { StringEquals: { "kms:ViaService": this.viaS3 } },
      },
    ];
  }

  /** The trust names no account, as that of the role for SQS does not. */
  private addStoringRole(): IamRole {
    const role = new IamRole(this, "Role", {
      namePrefix: ROLE_NAME_PREFIX,
      description: "Lets API Gateway store large bodies",
      assumeRolePolicy: trustOf("apigateway.amazonaws.com"),
    });
    new IamRolePolicy(this, "PutObjectPolicy", {
      name: "put-object",
      role: role.id,
      policy: policyJson(...this.statements("s3:PutObject", "kms:GenerateDataKey")),
    });
    return role;
  }

  private close(bucket: string): S3BucketPublicAccessBlock {
    new S3BucketOwnershipControls(this, "OwnershipControls", {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    return new S3BucketPublicAccessBlock(this, "PublicAccessBlock", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  }

  /** A bucket key makes one request to KMS serve many bodies. */
  private encrypt(bucket: string, kmsMasterKeyId: string | undefined): void {
    const isCustomers = kmsMasterKeyId !== undefined;
    new S3BucketServerSideEncryptionConfigurationA(this, "Encryption", {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: isCustomers
            ? { sseAlgorithm: "aws:kms", kmsMasterKeyId }
            : { sseAlgorithm: "AES256" },
          bucketKeyEnabled: isCustomers,
        },
      ],
    });
  }

  private expire(bucket: string, days: number): void {
    new S3BucketLifecycleConfiguration(this, "Lifecycle", {
      bucket,
      rule: [
        {
          id: "expire-bodies",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
        },
      ],
    });
  }
}

/** What {@link addLargeBodyBucket} reads. */
interface Given extends Options<typeof LARGE_BODY_SETTINGS> {
  readonly preventDestroy?: boolean | undefined;
}

/** The bucket, where the stack takes large bodies. */
export function addLargeBodyBucket(
  scope: Construct,
  location: AwsLocation,
  { preventDestroy = false, ...given }: Given,
): LargeBodyBucket | undefined {
  const largeBodies = largeBodiesOf(checked(scope, LARGE_BODY_SETTINGS, given).largeBodies);
  if (largeBodies === undefined) return undefined;
  return new LargeBodyBucket(scope, "LargeBodies", { location, largeBodies, preventDestroy });
}

function refusePlainHttp(bucketArn: string): Readonly<Record<string, unknown>> {
  return {
    Sid: "RefusePlainHttp",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
