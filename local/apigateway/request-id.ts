import { randomBytes, randomUUID } from "node:crypto";

/** The identifiers that API Gateway gives one request. */
export interface RequestIds {
  /** UUID: `$context.requestId` and `x-amzn-RequestId`. */
  readonly requestId: string;
  /** `$context.extendedRequestId` and `x-amz-apigw-id`: 15 base64 characters and a `=`. */
  readonly extendedRequestId: string;
  /** The `Root` of `X-Amzn-Trace-Id`. */
  readonly traceRoot: string;
}

/** New identifiers in the forms that API Gateway uses. */
export function newRequestIds(now: number): RequestIds {
  const requestId = randomUUID();
  const seconds = Math.floor(now / 1000).toString(16);
  return { requestId, extendedRequestId: nextExtendedId(), traceRoot: `1-${seconds}-${hexOf(requestId)}` };
}

/** The first 24 hexadecimal digits. */
function hexOf(uuid: string): string {
  return uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(14, 18) + uuid.slice(19, 23) + uuid.slice(24, 28);
}

// One block of randomness serves many requests: a system call for each would cost more than the rest.
const ID_BYTES = 11;
const pool = Buffer.alloc(ID_BYTES * 512);
let used = pool.length;

function nextExtendedId(): string {
  if (used === pool.length) {
    randomBytes(pool.length).copy(pool);
    used = 0;
  }
  used += ID_BYTES;
  return pool.toString("base64", used - ID_BYTES, used);
}
