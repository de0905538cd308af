import { deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { type MalformedClass, each, refused, served } from "./malformed-call";
import { bytes, chunk, JSON, post, postInChunks, TEXT } from "./raw-request";

const limit = 10 * 1024 * 1024;

const coded = (payload: Uint8Array, coding: string) =>
  post(payload, `${JSON}Content-Encoding: ${coding}\r\n`);

const PACKED = { gzip: gzipSync, deflate: deflateSync };
const CODINGS = ["gzip", "deflate"] as const;

/** All but the characters that SQS refuses. */
const isAllowed = (content: string) =>
  !/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(content);

const LIES: readonly ((packed: Buffer, body: string) => Buffer)[] = [
  (_, body) => Buffer.from(body),
  (whole) => whole.subarray(0, -5),
  (whole) => bytes(whole, "more"),
  (whole) => whole.subarray(1),
];

/** Bodies, and what their headers say of them. */
export const MALFORMED_PAYLOADS: readonly MalformedClass[] = [
  [
    "a type that is not listed",
    200,
    each(["text/html", "application/json/x", "\xff", "APPLICATION/XML", "json"], (type, body) =>
      refused(415, post(body, `Content-Type: ${type}\r\n`)),
    ),
  ],
  [
    "an unknown coding",
    200,
    each(["br", "gzip, gzip", "zip", "gzip;q=1", "*", `gzip${" ".repeat(5000)}x`], (coding, body) =>
      refused(415, coded(gzipSync(body), coding)),
    ),
  ],
  [
    "a lie about the coding",
    400,
    each(fc.tuple(fc.constantFrom(...CODINGS), fc.constantFrom(...LIES)), ([coding, lie], body) =>
      refused(415, coded(lie(PACKED[coding](body), body), coding)),
    ),
  ],
  ["a true coding", 200, each(CODINGS, (coding, body) => served(body, coded(PACKED[coding](body), coding)))],
  [
    "more than 10 MiB in a few packed kilobytes",
    10,
    each([1, 100], (more) => refused(413, coded(gzipSync(Buffer.alloc(limit + more), { level: 1 }), "gzip"))),
  ],
  [
    "bytes that are no UTF-8",
    400,
    fc.uint8Array({ min: 32, minLength: 1, maxLength: 60 }).map((content) => {
      const body = Buffer.from(content).toString("utf8");
      return isAllowed(body) ? served(body, post(content, TEXT)) : refused(400, post(content, TEXT));
    }),
  ],
  [
    "characters that SQS refuses",
    200,
    each(["\0", "\x07", "\x1f", "\ufffe", "\uffff"], (character, body) =>
      refused(400, post(body + character, TEXT)),
    ),
  ],
  [
    "spaces by the ten thousand",
    60,
    fc
      .tuple(fc.integer({ min: 10_000, max: 100_000 }), fc.constantFrom(" ", "\t", "\n"))
      .map(([count, space]) => {
        const body = `a${space.repeat(count)}b`;
        return served(body, post(body, TEXT));
      }),
  ],
  [
    "more than 10 MiB announced",
    134,
    each(fc.integer({ min: limit + 1, max: 2 ** 50 }), (length, body) =>
      refused(
        413,
        bytes(
          post(body)
            .toString("latin1")
            .replace(/Content-Length: \d+/, `Content-Length: ${length}`),
        ),
      ),
    ),
  ],
  [
    "streaming on beyond 10 MiB",
    6,
    each(fc.integer({ min: 11, max: 14 }), (count, body) =>
      refused(
        413,
        postInChunks(body, [9]),
        ...Array.from({ length: count }, () => chunk(Buffer.alloc(2 ** 20))),
      ),
    ),
  ],
];
