/** Something on AWS that carries the stack's tag. */
export interface Found {
  readonly arn: string;
  /** Terraform's type, where it is one that the stacks make. */
  readonly type?: string;
  /** What `terraform import` takes; absent where an import alone would not do. */
  readonly importId?: string;
  /** By what the Terraform resource is told from others of its type. */
  readonly attributes: Readonly<Record<string, string>>;
  /** What a reader should know before removing it. */
  readonly notes: readonly string[];
  /** The commands of the AWS CLI that remove it, in order. */
  readonly remove: readonly string[];
}

/** What is found under an ARN: all but the ARN. */
export type Finding = Omit<Found, "arn">;
