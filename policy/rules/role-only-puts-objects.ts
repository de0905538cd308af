import { parseArn } from "../../aws/arn";
import { rolesOf, s3Integrations } from "../integrations";
import { s3Target } from "../../local/terraform/s3-target";
import { attachedTo, excesses, grantsOf, policiesOf } from "../role-policies";
import type { PolicyRule } from "../rule";

/** What it takes to put an object; that of KMS for a bucket with a customer's key. */
const NEEDED = new Set(["s3:putobject", "kms:generatedatakey"]);

export const ROLE_ONLY_PUTS_OBJECTS: PolicyRule = {
  name: "role-only-puts-objects",
  asks: "The role of an S3 integration may only put objects, into the buckets that its integrations name.",
  why: "Whoever gets the URI of the API changed, by a mistake or on purpose, could read or delete what people sent.",
  relatives: ["CKV_AWS_62", "CKV_AWS_63", "CKV_AWS_288", "CKV_AWS_290", "CKV_AWS_355", "AVD-AWS-0057"],
  here: "`s3:PutObject` on the objects of the one bucket, and KMS for its key where it has one.",
  *findings({ resources }) {
    for (const { role, integrations } of rolesOf(s3Integrations(resources), resources)) {
      yield* attachedTo(role, resources);
      const buckets = integrations.map((one) => s3Target(one.text("uri"))?.bucket ?? "{");
      for (const { address, policy } of policiesOf(role, resources)) {
        for (const wrong of excesses(policy, NEEDED)) yield { address, wrong };
        const everywhere = grantsOf(policy)
          .filter(({ action }) => NEEDED.has(action.toLowerCase()))
          .filter(({ resource }) => !isNarrow(resource, buckets))
          .map(({ resource }) => resource);
        for (const resource of new Set(everywhere)) yield { address, wrong: `allows it on ${resource}` };
      }
    }
  },
};

/** The objects of a bucket that is named, or one key. */
function isNarrow(arn: string, buckets: readonly string[]): boolean {
  const { service, resource = "" } = parseArn(arn) ?? {};
  if (service !== "s3") return service === "kms" && !/[*?]/.test(arn);
  const [, bucket = ""] = /^([^/*?]+)[/].+$/.exec(resource) ?? [];
  return bucket !== "" && buckets.some((name) => name.includes("{") || name === bucket);
}
