import {
  ExpirationStatus,
  GetBucketLifecycleConfigurationCommand,
  type LifecycleRule,
  PutBucketLifecycleConfigurationCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { configured, freeName, type OwnBucket } from "./own-bucket";

/** Each state is overwritten by the next: for so long the older ones can be had. */
export const OLD_VERSIONS_DAYS = 90;

const UPLOAD_DAYS = 7;

const WHOLE_BUCKET = { Status: ExpirationStatus.Enabled, Filter: { Prefix: "" } };

interface WantedRule {
  readonly rule: LifecycleRule & { readonly ID: string };
  /** Whether a rule that is in force in the whole bucket does what this one is for. */
  readonly isMetBy: (rule: LifecycleRule) => boolean;
}

const WANTED: readonly WantedRule[] = [
  {
    rule: {
      ID: "expire-old-versions",
      ...WHOLE_BUCKET,
      NoncurrentVersionExpiration: { NoncurrentDays: OLD_VERSIONS_DAYS },
    },
    // Who keeps them for longer shall not lose them.
    isMetBy: ({ NoncurrentVersionExpiration: { NoncurrentDays = 0 } = {} }) =>
      NoncurrentDays >= OLD_VERSIONS_DAYS,
  },
  {
    rule: {
      ID: "abort-incomplete-uploads",
      ...WHOLE_BUCKET,
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: UPLOAD_DAYS },
    },
    isMetBy: ({ AbortIncompleteMultipartUpload: { DaysAfterInitiation = Infinity } = {} }) =>
      DaysAfterInitiation <= UPLOAD_DAYS,
  },
];

export async function expireOldVersions(s3: S3Client, bucket: OwnBucket): Promise<boolean> {
  const found = await configured(s3.send(new GetBucketLifecycleConfigurationCommand(bucket)));
  const rules = found?.Rules ?? [];
  const missing = WANTED.filter(({ isMetBy }) => !rules.some((rule) => isInForce(rule) && isMetBy(rule)));
  if (missing.length === 0) return false;
  const Rules = missing.reduce((all, { rule }) => withRule(all, rule), rules);
  await s3.send(new PutBucketLifecycleConfigurationCommand({ ...bucket, LifecycleConfiguration: { Rules } }));
  return true;
}

/** In the place of a rule that was this one and was changed; else beside the others, under a name that none of them has. */
function withRule(rules: readonly LifecycleRule[], wanted: WantedRule["rule"]): LifecycleRule[] {
  const changed = rules.find((rule) => rule.ID === wanted.ID && isOfWholeBucket(rule));
  const others = rules.filter((rule) => rule !== changed);
  const names = others.map((rule) => rule.ID);
  return [...others, { ...changed, ...wanted, ID: freeName(wanted.ID, names, "-") }];
}

function isInForce(rule: LifecycleRule): boolean {
  return rule.Status === ExpirationStatus.Enabled && isOfWholeBucket(rule);
}

/** Rules of S3's first form have a prefix and no filter. */
function isOfWholeBucket(rule: LifecycleRule): boolean {
  const { Filter = {}, Prefix = "" } = rule as { Filter?: Record<string, unknown>; Prefix?: string };
  return [Prefix, ...Object.values(Filter)].every((limit) => limit === "" || limit === undefined);
}
