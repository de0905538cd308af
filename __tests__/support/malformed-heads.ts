import fc from "fast-check";
import { type MalformedClass, anyDocument, each, refused, served } from "./malformed-call";
import { HOST, JSON, PATH, post, request } from "./raw-request";

const BAD_ENCODINGS = ["%", "%zz", "%c3%28", "%ff", "%u0041", "%%", "%00", "..%2f"];

const BAD_LINES = [
  "no colon\r\n",
  "X-A : 1\r\n",
  "X-A: \0\r\n",
  "X-A: 1\r\n folded\r\n",
  ": 1\r\n",
  "X\xe9: 1\r\n",
  "X-A: 1\n",
  "X-A: a\rb\r\n",
  "X(A): 1\r\n",
];

const to = (line: string, body: string, headers = HOST + JSON) => request(line, headers, body);

const longHeader = (length: number, body: string) => post(body, `${JSON}X-A: ${"a".repeat(length)}\r\n`);

/** Request lines and headers. */
export const MALFORMED_HEADS: readonly MalformedClass[] = [
  [
    "a bad method",
    300,
    each(["FETCH", "post", "P\xd6ST", "POST\0", "GETX", "PO ST"], (method, body) =>
      refused(400, to(`${method} ${PATH} HTTP/1.1`, body)),
    ),
  ],
  [
    "a method that the API does not have",
    200,
    each(["PROPFIND", "DELETE", "TRACE", "PATCH", "PUT"], (method, body) =>
      refused(403, to(`${method} ${PATH} HTTP/1.1`, body)),
    ),
  ],
  [
    "a version that is none",
    250,
    each(["HTTP/9.9", "HTTP/1.2", "HTTP/1.1x", "HTP/1.1", "http/1.1", "HTTP/1", "ICE/1.0"], (version, body) =>
      refused(400, to(`POST ${PATH} ${version}`, body)),
    ),
  ],
  [
    "a version that is not spoken so",
    150,
    each(["HTTP/2.0", "HTTP/0.9"], (version, body) => refused(505, to(`POST ${PATH} ${version}`, body))),
  ],
  ["a bad header line", 500, each(BAD_LINES, (header, body) => refused(400, post(body, header + JSON)))],
  [
    "headers beyond API Gateway's limit",
    200,
    each(fc.integer({ min: 10_300, max: 60_000 }), (length, body) => refused(413, longHeader(length, body))),
  ],
  [
    "headers beyond all limits",
    60,
    each(fc.integer({ min: 70_000, max: 400_000 }), (length, body) => refused(413, longHeader(length, body))),
  ],
  [
    "headers by the thousand",
    40,
    each(fc.integer({ min: 2500, max: 4900 }), (count, body) =>
      refused(415, post(body, `${"a:\r\n".repeat(count)}Content-Type: text/html\r\n`)),
    ),
  ],
  [
    "an absolute target",
    250,
    each(["http://", "HTTPS://", "http://a:b@"], (scheme, body) =>
      served(body, to(`POST ${scheme}b.example:81${PATH}?a HTTP/1.1`, body)),
    ),
  ],
  [
    "a foreign or bad host",
    250,
    each(["evil.example", "[::1", "a b", "", "1.2.3.4:99999", "\xe9", "http://x/"], (name, body) =>
      served(body, to(`POST ${PATH} HTTP/1.1`, body, `Host: ${name}\r\n${JSON}`)),
    ),
  ],
  ["no host", 100, anyDocument.map((body) => refused(400, to(`POST ${PATH} HTTP/1.1`, body, JSON)))],
  [
    "a bad percent encoding in the query",
    250,
    each(BAD_ENCODINGS, (bad, body) => served(body, to(`POST ${PATH}?a=${bad}&${bad} HTTP/1.1`, body))),
  ],
  [
    "a bad percent encoding in the path",
    250,
    each(BAD_ENCODINGS, (bad, body) => refused(403, to(`POST ${PATH}/${bad} HTTP/1.1`, body))),
  ],
  [
    "no API of this name",
    150,
    each(["/", "/x/prod/sqs", "/%/prod", "*", "//"], (target, body) =>
      refused(404, to(`PUT ${target} HTTP/1.1`, body)),
    ),
  ],
  [
    "an unknown expectation",
    100,
    anyDocument.map((body) => refused(417, post(body, `${JSON}Expect: more\r\n`))),
  ],
  ["a tunnel", 50, anyDocument.map((body) => refused(400, to("CONNECT a.example:443 HTTP/1.1", body)))],
  [
    "spaces in headers by the thousand",
    100,
    each(fc.integer({ min: 4000, max: 9500 }), (count, body) =>
      served(
        body,
        post(body, `Content-Type: application/json; a${" ".repeat(count)}b\r\nX-A:${"\t".repeat(99)}\r\n`),
      ),
    ),
  ],
  [
    "no token, or a wrong one",
    200,
    each(["", "Authorization: \r\n", "Authorization: x\r\n"], (header, body) =>
      refused(
        header.includes("x") ? 403 : 401,
        to("POST /auth-stack/prod/sqs HTTP/1.1", body, HOST + JSON + header),
      ),
    ),
  ],
];
