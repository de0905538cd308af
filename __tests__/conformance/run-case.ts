import type { CaseOutcome, ConformanceCase } from "./conformance-case";
import { InexpressibleCase } from "./conformance-case";
import { type CheckedCase, runGatewayCase, runSqsCase } from "./run-request-case";
import type { CaseSqs } from "./sqs-setup";
import { runTemplateCase } from "./run-template-case";

/** Runs one case through the gateway's own code. */
export async function runCase(example: ConformanceCase, sqs: CaseSqs): Promise<CaseOutcome> {
  try {
    if (Object.keys(example.expect).length === 0) return { result: "skip", reason: "nothing is expected" };
    const { differences, unverified } = await check(example, sqs);
    const notes = unverified.filter((difference) => difference !== undefined);
    const [reason] = differences.filter((difference) => difference !== undefined);
    return reason === undefined ? { result: "pass", notes } : { result: "fail", reason, notes };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { result: error instanceof InexpressibleCase ? "skip" : "fail", reason };
  }
}

async function check(example: ConformanceCase, sqs: CaseSqs): Promise<CheckedCase> {
  switch (example.kind) {
    case "vtl":
      return { differences: runTemplateCase(example), unverified: [] };
    case "gateway":
    case "authorizer":
      return runGatewayCase(example, sqs);
    case "sqs":
      return runSqsCase(example, sqs);
    default:
      throw new InexpressibleCase(`the kind "${example.kind}" is unknown`);
  }
}
