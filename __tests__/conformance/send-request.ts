import http from "node:http";
import type { CaseInput } from "./conformance-case";

/** What came back over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Milliseconds; the longest integration timeout and a bit. */
const LONGEST_WAIT = 32_000;

/** Sends a case's request as it is written: paths and header names unchanged. */
export function sendRequest(origin: string, path: string, input: CaseInput): Promise<HttpAnswer> {
  const { hostname, port } = new URL(origin);
  const payload = payloadOf(input);
  return new Promise((resolve, reject) => {
    const request = http.request(
      { hostname, port, path: path + queryOf(input), method: input.method ?? "POST", agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(
              Object.entries(response.headers).map(([name, value]) => [name, [value ?? ""].flat().join(",")]),
            ),
            body: Buffer.concat(chunks),
          });
        });
      },
    );
    request.on("error", reject);
    // A status below 200 is no answer to Node: nothing would follow it.
    request.on("information", ({ statusCode }) => {
      resolve({ status: statusCode, headers: {}, body: Buffer.alloc(0) });
    });
    request.setTimeout(LONGEST_WAIT, () => request.destroy(new Error("There was no answer.")));
    for (const [name, value] of Object.entries(input.headers ?? {})) request.setHeader(name, value);
    if (payload.length > 0) request.setHeader("Content-Length", payload.length);
    request.end(payload);
  });
}

/** A body such as `<10485761 or more bytes>` stands for that many. */
function payloadOf({ body = "", bodyBase64 }: CaseInput): Buffer {
  if (bodyBase64 !== undefined) return Buffer.from(bodyBase64, "base64");
  const size = /^<(\d+)(?: or more)? bytes>$/.exec(body)?.[1];
  return size === undefined ? Buffer.from(body, "utf8") : Buffer.alloc(Number(size), "x");
}

function queryOf({ query = {} }: CaseInput): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one)}`),
  );
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}
