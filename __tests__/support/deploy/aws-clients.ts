import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { EMULATED_REGION, type EmulatedAws } from "./emulated-aws";

/** AWS's own clients, to ask the emulated AWS rather than Terraform. */
export interface AwsClients {
  readonly apiGateway: APIGatewayClient;
  readonly iam: IAMClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
}

/** Makes the clients of one emulated AWS. */
export function awsClients({ endpoint, environment }: EmulatedAws): AwsClients {
  const settings = {
    endpoint,
    region: EMULATED_REGION,
    credentials: { accessKeyId: environment.AWS_ACCESS_KEY_ID, secretAccessKey: "test" },
  };
  return {
    apiGateway: new APIGatewayClient(settings),
    iam: new IAMClient(settings),
    s3: new S3Client({ ...settings, forcePathStyle: true }),
    sqs: new SQSClient(settings),
  };
}
