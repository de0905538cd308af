/** A function of Terraform's language; throws `ExpressionError` for arguments that it can't take. */
export type TerraformFunction = (...values: readonly unknown[]) => unknown;
