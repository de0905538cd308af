import { Fn } from "cdktf";

/** A policy of these statements, as Terraform's text; what only Terraform knows may stand in them. */
export function policyJson(...statements: Readonly<Record<string, unknown>>[]): string {
  return Fn.jsonencode({ Version: "2012-10-17", Statement: statements });
}

/** Trust policy of a role that one AWS service, and nobody else, may assume. */
export function trustOf(service: string): string {
  return policyJson({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } });
}
