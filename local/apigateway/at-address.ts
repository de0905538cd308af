/** Runs a preparation; what it throws is told with the Terraform address of what it prepared. */
export function atAddress<Result>(address: string, prepare: () => Result): Result {
  try {
    return prepare();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${address}: ${reason}`, { cause: error });
  }
}
