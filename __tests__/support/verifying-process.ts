import { text } from "node:stream/consumers";
import type { SdkMessage } from "../../webhooks/queue-message";
import { VerificationError } from "../../webhooks/verification-error";
import { verify } from "../../webhooks/verify";
import { SENDERS_VALIDATORS } from "./senders-validators";

/** A message to verify. */
export interface ToVerify {
  readonly message: SdkMessage;
  readonly sender: string;
  readonly secret: string;
  /** What is fetched in place of a certificate. */
  readonly publicKey?: string | undefined;
}

/**
 * Verifies the messages of standard input, a JSON list, and prints what each is, or the code of its refusal. With the argument `library`
 * the sender's library alone says whether it is genuine, as if it were called at the receipt.
 */
async function main(): Promise<void> {
  const all = JSON.parse(await text(process.stdin)) as ToVerify[];
  const results: string[] = [];
  for (const one of all) results.push(await (process.argv[2] === "library" ? byLibrary(one) : byVerify(one)));
  process.stdout.write(JSON.stringify(results));
}

/** One function for all messages of a key: what it fetches is kept by it. */
const FETCHES = new Map<string, () => Promise<Response>>();

async function byVerify({ message, sender, secret, publicKey = "" }: ToVerify): Promise<string> {
  const fetch = FETCHES.get(publicKey) ?? (() => Promise.resolve(new Response(publicKey)));
  FETCHES.set(publicKey, fetch);
  try {
    return (await verify(message, { sender, secret, fetch })).kind;
  } catch (error) {
    if (error instanceof VerificationError) return error.code;
    throw error;
  }
}

async function byLibrary(one: ToVerify): Promise<string> {
  const validator = SENDERS_VALIDATORS[one.sender];
  if (validator === undefined) throw new Error(`no library of ${one.sender}`);
  return (await validator(one)) ? "delivery" : "wrong_signature";
}

void main();
