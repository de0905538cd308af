import fc from "fast-check";
import { type MalformedClass, anyDocument, each, noise, refused, served, sizes } from "./malformed-call";
import {
  bytes,
  chunk,
  CHUNKED,
  cut,
  HOST,
  JSON,
  lastChunk,
  lengthOf,
  PATH,
  post,
  postInChunks,
} from "./raw-request";

const HEAD = `POST ${PATH} HTTP/1.1\r\n${HOST}${JSON}`;

const BAD_SIZES = ["zz", "-1", "0x5", " 5", "5 5", "", "+5", "f".repeat(18), "5,", "\xef\xbc\x95"];

const BAD_ENDS = [
  "5\nabcde\r\n0\r\n\r\n",
  "5\r\nabcde0\r\n\r\n",
  "5\r\nabcdefgh\r\n0\r\n\r\n",
  "0\r\nno trailer\r\n\r\n",
  "5;\0\r\nabcde\r\n0\r\n\r\n",
];

/** What is no request, and must not cost those before it their answers. */
const broken = fc.oneof(
  noise.map((text) => bytes(text)),
  fc.constantFrom(
    bytes(HEAD, CHUNKED, "\r\n5\r\nabcde\r\nzz\r\n"),
    bytes(`POST ${PATH} HTTP/1.1\r\n${JSON}\r\n`),
    bytes(HEAD, "Content-Length: -1\r\n\r\n"),
  ),
);

const mutation = fc.record({
  at: fc.nat(),
  drop: fc.nat(3),
  insert: fc.constantFrom("", "\0", "\r", "\n", "\r\n", " ", ":", "%", "\xff", "0", "-", "/", "\r\n\r\n"),
});

function mutated(whole: Buffer, at: number, drop: number, insert: string): Buffer {
  const start = at % whole.length;
  return bytes(whole.subarray(0, start), insert, whole.subarray(start + drop));
}

/** All but its end, at least a byte. */
function cutOff(whole: Buffer, end: number): Buffer {
  return whole.subarray(0, 1 + (end % (whole.length - 1)));
}

/** Where requests and their bodies begin and end. */
export const MALFORMED_FRAMING: readonly MalformedClass[] = [
  ["no HTTP at all", 300, noise.map((text) => refused(400, bytes(text)))],
  [
    "garbage behind complete requests of one connection",
    700,
    fc
      .tuple(fc.array(anyDocument, { minLength: 1, maxLength: 2 }), broken, fc.boolean())
      .map(([stored, end, atOnce]) => {
        const pieces = [...stored.map((body) => post(body)), end];
        return {
          pieces: atOnce ? [bytes(...pieces)] : pieces,
          statuses: [...stored.map(() => 200), 400],
          stored,
        };
      }),
  ],
  [
    "chunks of a bad size",
    400,
    each(fc.tuple(sizes, fc.constantFrom(...BAD_SIZES)), ([pieces, size], body) =>
      refused(400, postInChunks(body, pieces), bytes(size, "\r\nabcde\r\n0\r\n\r\n")),
    ),
  ],
  [
    "chunks with a bad end",
    300,
    each(fc.tuple(sizes, fc.constantFrom(...BAD_ENDS)), ([pieces, end], body) =>
      refused(400, postInChunks(body, pieces), bytes(end)),
    ),
  ],
  [
    "chunks with extensions and trailers",
    300,
    each(["a", "a=b", 'a="b c"', "a=1;b=2"], (extension, body) => {
      const size = Buffer.byteLength(body).toString(16);
      const start = bytes(HEAD, CHUNKED, "\r\n", `${size};${extension}\r\n`);
      return served(body, start, Buffer.from(body), bytes(`\r\n0;${extension}\r\nX-Trailer: 1\r\n\r\n`));
    }),
  ],
  [
    "chunks with more extensions than are read",
    40,
    each([20_000, 60_000], (length, body) =>
      refused(413, postInChunks(body, [9]), bytes(`5;${"a".repeat(length)}\r\nabcde\r\n0\r\n\r\n`)),
    ),
  ],
  ["chunks of one byte", 300, anyDocument.map((body) => served(body, postInChunks(body, [1]), lastChunk))],
  [
    "bodies in slow pieces",
    200,
    each(sizes, (pieces, body) => ({ ...served(body, ...cut(post(body), pieces)), pause: 1 })),
  ],
  [
    "requests without their end",
    300,
    each(fc.tuple(fc.nat(), fc.boolean()), ([end, inPieces], body) =>
      refused(400, cutOff(inPieces ? postInChunks(body, [9]) : post(body), end)),
    ),
  ],
  [
    "resets before the end",
    300,
    each(fc.nat(), (end, body) => ({
      pieces: [cutOff(post(body), end)],
      statuses: [],
      stored: [],
      reset: true,
    })),
  ],
  [
    "two lengths",
    300,
    each([0, 1, 5, 1000], (length, body) => refused(400, post(body, `${JSON}Content-Length: ${length}\r\n`))),
  ],
  [
    "a bad length",
    200,
    each(["-1", "3x", "1e3", "0x10", "9".repeat(23), "1,1", "", "+3"], (length, body) =>
      refused(400, bytes(HEAD, `Content-Length: ${length}\r\n\r\n`, body)),
    ),
  ],
  [
    "a length and chunks",
    400,
    each([true, false], (first, body) => {
      const headers = first ? [CHUNKED, lengthOf(body)] : [lengthOf(body), CHUNKED];
      return refused(400, bytes(HEAD, ...headers, "\r\n", chunk(Buffer.from(body)), lastChunk));
    }),
  ],
  [
    "an unknown transfer encoding",
    150,
    each(["chunked, gzip", "identity", "chunked;a", "xchunked", "\0chunked"], (coding, body) =>
      refused(400, bytes(HEAD, `Transfer-Encoding: ${coding}\r\n\r\n`, chunk(Buffer.from(body)), lastChunk)),
    ),
  ],
  [
    "good requests with random changes",
    600,
    each(
      fc.tuple(fc.boolean(), fc.array(mutation, { minLength: 1, maxLength: 4 })),
      ([inPieces, changes], body) => {
        const good = inPieces ? bytes(postInChunks(body, [9]), lastChunk) : post(body);
        return {
          pieces: [changes.reduce((whole, { at, drop, insert }) => mutated(whole, at, drop, insert), good)],
        };
      },
    ),
  ],
];
