import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import type { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { Construct } from "constructs";
import {
  CHECKSUM_HEADER,
  notStoredTemplate,
  refusedTemplate,
  storedTemplate,
  storeUnavailableTemplate,
} from "../../mapping/large-body-templates";
import type { MessageAttribute } from "../../mapping/message-attributes";
import { parameterExpression } from "../../mapping/parameter-mapping";
import { type AddedMethodProps, addMethod } from "../api/api-method";
import type { CrossOrigin } from "../api/cors";
import { ResponseMapping } from "../api/response-mapping";
import type { AwsLocation } from "../aws-location";
import type { LargeBodyBucket } from "./large-body-bucket";

/** Props of {@link LargeBodyMethod}. */
export interface LargeBodyMethodProps extends AddedMethodProps {
  readonly location: AwsLocation;
  readonly bucket: LargeBodyBucket;
  /** What is kept with a body, as S3's metadata of their names. */
  readonly attributes: readonly MessageAttribute[];
  readonly crossOrigin: CrossOrigin;
}

/** As long as API Gateway waits at most: 10 MB take S3 longer than a message takes SQS. */
const TIMEOUT_MILLISECONDS = 29_000;

/**
 * A method that stores its request's body in a bucket. What it accepts is what the caller sent, byte for byte: the caller says its
 * SHA-256, and S3 refuses what has another one, whatever API Gateway made of the body on its way. Without templates API Gateway passes
 * every content type on, and decodes those as UTF-8 that are no binary types of the API, so that bad bytes are U+FFFD.
 *
 * S3 itself insists on the checksum, since each request names its algorithm: so a name in another case, of which API Gateway's validator
 * and its mappings may think differently, can't slip through.
 *
 * Rests on: `context` in a mapping for the path of S3's integration, which public configurations use with `requestId`. A caller can
 * choose that one, and the extended id is API Gateway's own. That it ends in `=`, and how that is encoded, is not recorded: the pointer
 * has the key that S3 knows.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html for the ids
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html for both checksum headers
 * @see https://github.com/serverless-operations/serverless-apigateway-service-proxy for `context` in the path
 * @see https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_s3.py for bytes, on AWS
 */
export class LargeBodyMethod extends Construct {
  constructor(scope: Construct, id: string, props: LargeBodyMethodProps) {
    super(scope, id);
    const { crossOrigin } = props;
    const parameters = requestParameters(props.attributes);
    const told = Object.values(parameters).filter((source) => source.startsWith("method."));
    const integration = this.createIntegration(addMethod(this, props, told), parameters, props);
    const answers = [
      ["Stored", { statusCode: 202, selectionPattern: "2\\d{2}", template: storedTemplate() }],
      ["Refused", { statusCode: 400, selectionPattern: "400", template: refusedTemplate() }],
      [
        "Unavailable",
        {
          statusCode: 503,
          selectionPattern: "5\\d{2}",
          template: storeUnavailableTemplate(),
          headers: { "Retry-After": "'1'" },
        },
      ],
      ["Failure", { statusCode: 500, template: notStoredTemplate() }],
    ] as const;
    for (const [answer, config] of answers) {
      new ResponseMapping(this, answer, { integration, crossOrigin, ...config });
    }
  }

  private createIntegration(
    { restApiId, resourceId, httpMethod }: ApiGatewayMethod,
    parameters: Readonly<Record<string, string>>,
    { location, bucket }: LargeBodyMethodProps,
  ): ApiGatewayIntegration {
    return new ApiGatewayIntegration(this, "Integration", {
      restApiId,
      resourceId,
      httpMethod,
      type: "AWS",
      integrationHttpMethod: "PUT",
      uri: `arn:${location.partition}:apigateway:${location.regionName}:s3:path/${bucket.bucketName}/{key}`,
      credentials: bucket.storingRole.arn,
      passthroughBehavior: "WHEN_NO_TEMPLATES",
      requestParameters: parameters,
      timeoutMilliseconds: TIMEOUT_MILLISECONDS,
    });
  }
}

/** What S3 is sent beside the body. A header that the request lacks is left out. */
function requestParameters(attributes: readonly MessageAttribute[]): Record<string, string> {
  return {
    "integration.request.path.key": "context.extendedRequestId",
    "integration.request.header.Content-Type": "method.request.header.Content-Type",
    [`integration.request.header.${CHECKSUM_HEADER}`]: `method.request.header.${CHECKSUM_HEADER}`,
    "integration.request.header.x-amz-sdk-checksum-algorithm": "'SHA256'",
    ...Object.fromEntries(
      attributes.flatMap(({ name, source }) => {
        const expression = parameterExpression(source);
        return expression === undefined
          ? []
          : [[`integration.request.header.x-amz-meta-${name}`, expression]];
      }),
    ),
  };
}
