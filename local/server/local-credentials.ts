import * as v from "valibot";
import { parseArn } from "../../aws/arn";
import { type PolicyDocument, readPolicy } from "../../aws/policy-document";
import { messageOf } from "../../errors/mistake";
import { type Identity, MAY_INVOKE, SAMPLE_ACCESS_KEY, standInPrincipalId, userArn } from "../iam/identity";
import type { RestApi } from "../terraform/stack-model";
import { readJsonOption } from "./json-option";

/** An access key that may sign requests to methods of type `AWS_IAM`; the AWS SDK's credentials are of this shape. */
export interface LocalCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Has to come with every request, where the access key is a temporary one. */
  readonly sessionToken?: string | undefined;
  /** When the access key ends to be good; ISO 8601 where it is text. @default never */
  readonly expiration?: Date | string | undefined;
  /** Whose it is: an IAM user, or a session of a role. @default a user of the API's own account */
  readonly arn?: string | undefined;
  /** The `UserId` that STS tells of it, such as `AIDA…`. @default one that is made up */
  readonly userId?: string | undefined;
  /** What its owner may do. @default call every method */
  readonly policy?: PolicyDocument | undefined;
}

const text = v.pipe(v.string(), v.nonEmpty("is empty"));

const SCHEMA = v.pipe(
  v.array(
    v.strictObject({
      accessKeyId: v.pipe(v.string(), v.regex(/^\w{1,128}$/, "is no id of an access key")),
      secretAccessKey: text,
      sessionToken: v.optional(text),
      expiration: v.optional(
        v.union([v.date(), v.pipe(v.string(), v.isoTimestamp("is no time in ISO 8601"))]),
      ),
      arn: v.optional(
        v.pipe(
          v.string(),
          v.check((arn) => /^(?:iam|sts)$/.test(parseArn(arn)?.service ?? ""), "is no ARN of IAM or STS"),
        ),
      ),
      userId: v.optional(text),
      policy: v.optional(
        v.pipe(
          v.unknown(),
          v.rawTransform(({ dataset, addIssue, NEVER }) => {
            try {
              return readPolicy(dataset.value, "identity");
            } catch (error) {
              addIssue({ message: messageOf(error) });
              return NEVER;
            }
          }),
        ),
      ),
    }),
  ),
  v.minLength(1, "has no credentials"),
);

/**
 * Checks credentials, or reads them from a JSON file.
 * @throws UserError that shows none of them
 */
export function readCredentials(given: string | readonly LocalCredentials[]): readonly LocalCredentials[] {
  return readJsonOption(
    {
      name: "credentials",
      schema: SCHEMA,
      allowed:
        "a list of objects with accessKeyId, secretAccessKey and, where wanted, sessionToken, expiration, arn, userId and policy",
      mend: `Write [{ "accessKeyId": "${SAMPLE_ACCESS_KEY.accessKeyId}", "secretAccessKey": "…" }].`,
    },
    given,
  );
}

/** The owners of access keys, as an API meets them. */
export function identitiesOf(
  credentials: readonly LocalCredentials[],
  api: Pick<RestApi, "partition" | "accountId">,
): readonly Identity[] {
  return credentials.map((given) => {
    const { accessKeyId, secretAccessKey, sessionToken, expiration, policy = MAY_INVOKE } = given;
    const arn = given.arn ?? userArn(api, given === SAMPLE_ACCESS_KEY ? "local" : accessKeyId);
    return {
      accessKeyId,
      secretAccessKey,
      sessionToken,
      expiresAt: expiration === undefined ? undefined : new Date(expiration).getTime(),
      arn,
      principalId: given.userId ?? standInPrincipalId(arn, accessKeyId),
      policies: [policy],
    };
  });
}
