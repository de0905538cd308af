import type { PolicyDocument } from "../../aws/policy-document";
import type { PolicyDecision } from "../iam/policy";

/** What an authorizer decided about one identity. */
export interface AuthorizerResult {
  readonly policy: PolicyDocument;
  /** `$context.authorizer`. */
  readonly context: Readonly<Record<string, string>>;
  readonly usageIdentifierKey?: string;
  /** By method ARN; kept where nothing else of a request can change them. */
  readonly decisions?: Map<string, PolicyDecision>;
}

const CAPACITY = 10_000;

/** Authorizer results until they expire. The oldest go first when there are too many. */
export class AuthorizerResultCache {
  private readonly entries = new Map<string, { result: AuthorizerResult; expiresAt: number }>();

  /** Times in milliseconds. */
  public get(key: string, now: number): AuthorizerResult | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.expiresAt > now) return entry.result;
    this.entries.delete(key);
    return undefined;
  }

  public set(key: string, result: AuthorizerResult, expiresAt: number): void {
    this.entries.delete(key);
    this.entries.set(key, { result, expiresAt });
    if (this.entries.size <= CAPACITY) return;
    const [oldest] = this.entries.keys();
    if (oldest !== undefined) this.entries.delete(oldest);
  }
}
