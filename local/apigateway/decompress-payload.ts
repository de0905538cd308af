import { promisify } from "node:util";
import { type InputType, type ZlibOptions, gunzip, inflate } from "node:zlib";
import { payloadLimit } from "./check-limits";
import { GatewayError } from "./gateway-error";
import { ReceivedRequest } from "./received-request";

/** With `info`, Node.js tells how much of the input it took. */
type Decompress = (
  bytes: InputType,
  options: ZlibOptions,
) => Promise<{ readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } }>;

const CODINGS: ReadonlyMap<string, Decompress> = new Map([
  ["gzip", promisify(gunzip) as unknown as Decompress],
  ["deflate", promisify(inflate) as unknown as Decompress],
]);

/**
 * The request with the payload that its `Content-Encoding` stands for: what every later step sees, whatever the API's
 * `minimum_compression_size` is. `gzip`, `deflate` and `identity` are known; another coding, more than one, and a payload
 * that is not what the header says are 415.
 *
 * Not recorded on AWS, so the strict reading of HTTP: `deflate` without its zlib header and bytes behind the end are 415.
 * An empty payload passes; what is longer than a payload may be is 413. The headers stay as they came.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-make-request-with-compressed-payload.html
 */
export async function decompressPayload(received: ReceivedRequest): Promise<ReceivedRequest> {
  const { incoming, sentHeaders, query, context, traceId, receivedAt } = received;
  const coding = sentHeaders.allIgnoringCase("content-encoding").join(",").trim().toLowerCase();
  if (coding === "" || coding === "identity") return received;
  const decompress = CODINGS.get(coding);
  if (decompress === undefined) throw new GatewayError("UNSUPPORTED_MEDIA_TYPE");
  if (incoming.body.length === 0) return received;
  const body = await decompressed(decompress, incoming.body);
  return new ReceivedRequest({
    incoming: { ...incoming, body },
    sentHeaders,
    query,
    context,
    traceId,
    receivedAt,
  });
}

async function decompressed(decompress: Decompress, bytes: Buffer): Promise<Buffer> {
  try {
    const { buffer, engine } = await decompress(bytes, { info: true, maxOutputLength: payloadLimit });
    if (engine.bytesWritten === bytes.length) return buffer;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") {
      throw new GatewayError("REQUEST_TOO_LARGE", undefined, { cause: error });
    }
  }
  throw new GatewayError("UNSUPPORTED_MEDIA_TYPE");
}
