import { s3Target } from "../terraform/s3-target";
import { sqsTarget } from "../terraform/sqs-target";
import type { Integration, Method } from "../terraform/stack-model";
import { type Answer, REQUEST_ID_HEADERS } from "./answer";

/** Does an integration call SQS, and not another service or an endpoint of HTTP? */
export function isOfSqs({ type, uri }: Integration): boolean {
  return type === "AWS" && sqsTarget(uri) !== undefined;
}

/** Does an integration work with objects of S3? */
export function isOfS3({ type, uri }: Pick<Integration, "type" | "uri">): boolean {
  return type === "AWS" && s3Target(uri) !== undefined;
}

/** Statuses to which HTTP gives no body. */
export const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/** What the endpoint of a proxy integration answers is passed on: nothing tells what that is but the declared statuses. */
export function passedOnAnswers({ methodResponses }: Method): Answer[] {
  const declared = Object.values(methodResponses);
  const statuses = declared.length === 0 ? [200] : declared.map(({ statusCode }) => Number(statusCode));
  return statuses.map((status): Answer => {
    const bodies: Answer["bodies"] = WITHOUT_BODY.has(status) ? {} : { "application/json": {} };
    return { status, when: "its endpoint answers so", headers: REQUEST_ID_HEADERS, bodies };
  });
}
