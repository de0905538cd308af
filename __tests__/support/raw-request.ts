/** Where `no-auth-stack` takes messages. */
export const PATH = "/no-auth-stack/prod/sqs";

/** Lines of a request's head. */
export const HOST = "Host: a.example\r\n";
export const JSON = "Content-Type: application/json\r\n";
export const TEXT = "Content-Type: text/plain\r\n";
export const CHUNKED = "Transfer-Encoding: chunked\r\n";
export const lengthOf = (body: string | Uint8Array) => `Content-Length: ${Buffer.byteLength(body)}\r\n`;

/** Texts are Latin-1, as heads are: a character is a byte. */
export function bytes(...parts: readonly (string | Uint8Array)[]): Buffer {
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : part)));
}

/** A request whose body, in UTF-8, is as long as its head says. */
export function request(line: string, headers: string, body: string | Uint8Array): Buffer {
  const content = typeof body === "string" ? Buffer.from(body) : body;
  return bytes(`${line}\r\n`, headers, lengthOf(content), "\r\n", content);
}

/** A request to `no-auth-stack`. */
export function post(body: string | Uint8Array, headers = JSON): Buffer {
  return request(`POST ${PATH} HTTP/1.1`, HOST + headers, body);
}

/** A request to `no-auth-stack` whose body goes in chunks, up to the line that ends them. */
export function postInChunks(body: string | Uint8Array, sizes: readonly number[]): Buffer {
  const content = typeof body === "string" ? Buffer.from(body) : body;
  return bytes(`POST ${PATH} HTTP/1.1\r\n`, HOST, JSON, CHUNKED, "\r\n", ...cut(content, sizes).map(chunk));
}

export const lastChunk = bytes("0\r\n\r\n");

export function chunk(piece: Uint8Array): Buffer {
  return bytes(`${piece.length.toString(16)}\r\n`, piece, "\r\n");
}

/** Pieces of the lengths that `sizes` repeats. */
export function cut(whole: Buffer | Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let start = 0, index = 0; start < whole.length; index += 1) {
    const end = start + (sizes[index % sizes.length] ?? 1);
    pieces.push(whole.subarray(start, end));
    start = end;
  }
  return pieces;
}
