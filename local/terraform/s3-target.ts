import { parseArn } from "../../aws/arn";
import type { Integration, RestApi, Stage } from "./stack-model";
import { fillUri, fixedPathValues, type PathValues } from "./sqs-target";

/** What an integration's URI asks of S3. */
export interface S3Target {
  readonly region: string;
  /** Absent: all buckets. */
  readonly bucket?: string;
  /** As it stands in the URI, percent-encoded; absent: the bucket itself. */
  readonly key?: string;
  /** What stands behind a question mark, such as `list-type=2`. */
  readonly query?: string;
}

/** The forms of URI that {@link s3Target} reads. */
export const S3_URI_FORMS =
  "arn:<partition>:apigateway:<region>:s3:path/<bucket>/<key> and …:<bucket>.s3:path/<key>";

/**
 * Reads `…:s3:path/<bucket>/<key>` and `…:<bucket>.s3:path/<key>`, either with a query. Undefined for any other URI, also for
 * `…:s3:action/…`, of which no recording tells how it works.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html#apigw-Type-Integration-uri
 */
export function s3Target(uri: string): S3Target | undefined {
  const arn = parseArn(uri);
  if (arn?.service !== "apigateway" || !isS3(arn.accountId)) return undefined;
  const [whole, path = "", query] = /^path\/?([^?]*)(?:\?(.*))?$/s.exec(arn.resource) ?? [];
  if (whole === undefined) return undefined;
  const subdomain = arn.accountId.slice(0, -".s3".length);
  const [, bucket = "", key = ""] =
    /^([^/]*)\/?(.*)$/s.exec(subdomain === "" ? path : `${subdomain}/${path}`) ?? [];
  return {
    region: arn.region,
    ...(bucket !== "" && { bucket }),
    ...(key !== "" && { key }),
    ...(query !== undefined && query !== "" && { query }),
  };
}

/** Is a word for a service in an integration's URI S3's, with or without a bucket? */
export function isS3(service: string): boolean {
  return service === "s3" || service.endsWith(".s3");
}

/**
 * Values of placeholders as they may stand in the path to an object: what is percent-encoded stays so, and what would end the path is
 * encoded. That is how S3 gets the key that its name in the caller's path says; how API Gateway writes a value that no path can hold is
 * not recorded.
 */
export function asPathValues(values: PathValues): PathValues {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, pathText(value.toString())]),
  );
}

function pathText(value: string): string {
  return value.toWellFormed().replace(/%(?![\da-f]{2})|[^\w\-.~!$&'()*+,;=:@/%]/gi, encodeURIComponent);
}

/** The bucket to which an integration writes, or from which it reads, on a stage, where no request is needed to tell. */
export function fixedBucket(integration: Integration, stage: Stage): string | undefined {
  const uri = fillUri(integration.uri, fixedPathValues(integration), stage.variables);
  const bucket = s3Target(uri)?.bucket;
  return bucket?.includes("{") ? undefined : bucket;
}

/** Names of the buckets that an API's integrations name. */
export function fixedBuckets({ resources, stages }: RestApi): string[] {
  const integrations = resources.flatMap(({ methods }) =>
    Object.values(methods).map(({ integration }) => integration),
  );
  const buckets = stages.flatMap((stage) =>
    integrations.flatMap((integration) => fixedBucket(integration, stage) ?? []),
  );
  return [...new Set(buckets)];
}
