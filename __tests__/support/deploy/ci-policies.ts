import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { PolicyDocument } from "../../../aws/policy-document";
import { evaluatePolicies } from "../../../local/iam/policy";
import type { RecordedCall } from "./aws-recorder";

/** A policy of examples/ci. */
export function ciPolicy(file: string): PolicyDocument {
  const text = readFileSync(resolve(__dirname, "../../../examples/ci", file), "utf8");
  return JSON.parse(text) as PolicyDocument;
}

/** The actions that a policy allows. */
export function grantedActions({ Statement }: PolicyDocument): string[] {
  return [Statement].flat().flatMap(({ Action = [] }) => Action);
}

/** The calls that none of the policies allows. */
export function refusedCalls(calls: readonly RecordedCall[], policies: readonly PolicyDocument[]): string[] {
  // AWS asks nobody for a permission to ask who he is, nor for one to take the role that trusts him.
  const asked = calls.filter(({ action }) => !action.startsWith("sts:"));
  expect(asked).not.toEqual([]);
  const without = asked.filter((call) => evaluatePolicies(policies, call) !== "Allow");
  return [...new Set(without.map(({ action, resource }) => `${action} ${resource}`))];
}
