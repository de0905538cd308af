import type { Evaluation } from "./configuration";

/** An attribute that a plan neither tells nor lets be rebuilt. */
export interface LostAttribute {
  readonly type: string;
  readonly name: string;
  /** Address with the attribute. */
  readonly place: string;
}

/** What is taken for an attribute, which may be none. */
export interface TakenValue {
  readonly value: unknown;
}

/**
 * What is taken for such an attribute: what whoever serves the plan gives for it, a policy that nobody knows for a policy, and no
 * redrive policy for one. Undefined for any other attribute, without which nothing can be told.
 */
export function lostAttribute(
  { type, name, place }: LostAttribute,
  { standIns, assumptions }: Evaluation,
): TakenValue | undefined {
  if (standIns.isGiven(place)) return { value: standIns.at(place) };
  if (type === "aws_iam_role" && name === "inline_policy") return { value: [{ policy: standIns.at(place) }] };
  if (type.startsWith("aws_iam_") && /^(?:assume_role_)?policy$/.test(name)) {
    return { value: standIns.at(place) };
  }
  if (type.startsWith("aws_sqs_queue") && name === "policy") {
    return { value: queuePolicy(standIns.text(place)) };
  }
  if (!/^redrive_(?:allow_)?policy$/.test(name)) return undefined;
  assumptions.set(
    place,
    `${place}: is known only after an apply, and the plan does not hold its text; the queue is served without it. Put the plan into the folder of its configuration, or give it by --stand-in '${place}=<value>'`,
  );
  return { value: undefined };
}

/** It may allow anything to anybody. */
function queuePolicy(unknown: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: unknown, Principal: { AWS: unknown } }],
  });
}
