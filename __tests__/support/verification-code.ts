import { VerificationError } from "../../webhooks/verification-error";

/** Why a message is not taken, by the error's code; "taken" where it is. */
export async function codeOf(result: Promise<unknown>): Promise<string> {
  try {
    await result;
  } catch (error) {
    if (error instanceof VerificationError) return error.code;
    throw error;
  }
  return "taken";
}
