import type { StackResources } from "../local/terraform/read-stack";
import type { Finding, PolicyRule } from "./rule";
import { POLICY_RULES } from "./rules";

/** What breaks a rule. */
export interface Violation extends Finding {
  readonly rule: PolicyRule;
}

/** Everything in a stack that breaks a rule. Throws `StackError` for what can't be read. */
export function checkStack(stack: StackResources): Violation[] {
  return POLICY_RULES.flatMap((rule) => [...rule.findings(stack)].map((finding) => ({ ...finding, rule })));
}
