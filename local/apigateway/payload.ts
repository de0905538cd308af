import { promisify } from "node:util";
import { type InputType, type ZlibOptions, gunzip, inflate } from "node:zlib";
import { GatewayError, internalServerError } from "./gateway-error";
import { ReceivedRequest } from "./request";

/** Bytes of a payload, decompressed. */
const PAYLOAD_LIMIT = 10 * 1024 * 1024;

interface Decompressed {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/** With `info`, which Node.js's types do not know, it tells how much of the input it took. */
type Decompress = (bytes: InputType, options: ZlibOptions) => Promise<Decompressed>;

const CODINGS: ReadonlyMap<string, Decompress> = new Map([
  ["gzip", promisify(gunzip) as unknown as Decompress],
  ["deflate", promisify(inflate) as unknown as Decompress],
]);

/** Whether a request says that its payload is coded in any way. */
export function isCompressed({ sentHeaders }: ReceivedRequest): boolean {
  return sentHeaders.lastIgnoringCase("content-encoding") !== undefined;
}

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
  const { incoming, sentHeaders, query, context, traceId } = received;
  const coding = sentHeaders.allIgnoringCase("content-encoding").join(",").trim().toLowerCase();
  if (coding === "" || coding === "identity") return received;
  const decompress = CODINGS.get(coding);
  if (decompress === undefined) throw new GatewayError("UNSUPPORTED_MEDIA_TYPE");
  if (incoming.body.length === 0) return received;
  const body = await decompressed(decompress, incoming.body);
  return new ReceivedRequest(
    { ...incoming, body, sentBody: incoming.body },
    sentHeaders,
    query,
    context,
    traceId,
  );
}

async function decompressed(decompress: Decompress, bytes: Buffer): Promise<Buffer> {
  try {
    const { buffer, engine } = await decompress(bytes, { info: true, maxOutputLength: PAYLOAD_LIMIT });
    if (engine.bytesWritten === bytes.length) return buffer;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") {
      throw new GatewayError("REQUEST_TOO_LARGE", undefined, { cause: error });
    }
  }
  throw new GatewayError("UNSUPPORTED_MEDIA_TYPE");
}

/** The MIME type of a `Content-Type` or of the first entry of an `Accept`, without parameters; JSON where there is none. */
export function mediaType(header: string | undefined): string {
  if (header === undefined || header === "") return "application/json";
  const end = header.search(/[;,]/);
  const type = (end === -1 ? header : header.slice(0, end)).trim().toLowerCase();
  return type === "" ? "application/json" : type;
}

/** Tells whether a MIME type is one of the API's binary media types; a type with two stars stands for all. */
export type BinaryTest = (type: string) => boolean;

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html */
export function binaryTest(binaryMediaTypes: readonly string[]): BinaryTest {
  const types = new Set(binaryMediaTypes.map((type) => type.toLowerCase()));
  if (types.has("*/*")) return () => true;
  return (type) => types.has(type);
}

const BASE64 = /^[\w+/-]*={0,2}$/;

/** Text that is to become bytes must be base64, line breaks apart; API Gateway answers 500 to anything else. */
export function decodeBase64(text: string): Buffer {
  if (!BASE64.test(text.replaceAll(/[\r\n]/g, ""))) throw internalServerError();
  return Buffer.from(text, "base64");
}
