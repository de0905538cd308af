import { randomBytes } from "node:crypto";

/** An error answer of S3. @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export class S3Error extends Error {
  public override readonly name = "S3Error";

  /** @param details elements of its own, such as `Key` */
  constructor(
    public readonly code: string,
    message: string,
    public readonly status: number,
    public readonly details: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** S3 did not answer in time: whether it has the object is unknown. */
export class S3TimeoutError extends Error {
  public override readonly name = "S3TimeoutError";
}

/** S3 could not be reached, broke off, or gave an answer that proves nothing: whether it has the object is unknown. */
export class S3ConnectionError extends Error {
  public override readonly name = "S3ConnectionError";
}

/** S3's refusal of what a policy does not allow. That its message tells nothing else is not recorded for API Gateway's calls. */
export function accessDenied(): S3Error {
  return new S3Error("AccessDenied", "Access Denied", 403);
}

/** What no local S3 does. S3 itself has these words for a header or a parameter that it does not have. */
export function notImplemented(name: string): S3Error {
  return new S3Error(
    "NotImplemented",
    "A header you provided implies functionality that is not implemented",
    501,
    { Header: name },
  );
}

/** What S3 names a request by in its answers. */
export interface S3RequestIds {
  readonly requestId: string;
  readonly hostId: string;
}

export function newRequestIds(): S3RequestIds {
  return {
    requestId: randomBytes(8).toString("hex").toUpperCase(),
    hostId: randomBytes(57).toString("base64"),
  };
}

/** The body of an error, its elements in the order that is recorded of `NoSuchKey`. */
export function errorXml({ code, message, details }: S3Error, { requestId, hostId }: S3RequestIds): string {
  const elements = Object.entries({
    Code: code,
    Message: message,
    ...details,
    RequestId: requestId,
    HostId: hostId,
  });
  const body = elements.map(([name, value]) => `<${name}>${escaped(value)}</${name}>`).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${body}</Error>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** What an error says. */
interface ReadError {
  readonly code: string;
  readonly message: string;
}

/** The code and the message of an S3 endpoint's error; undefined for what is none. */
export function readErrorXml(xml: string): ReadError | undefined {
  const code = /<Code>([^<]*)<\/Code>/.exec(xml)?.[1];
  if (!/<Error[\s>]/.test(xml) || code === undefined) return undefined;
  const message = /<Message>([^<]*)<\/Message>/.exec(xml)?.[1] ?? "";
  return { code, message: unescaped(message) };
}

function unescaped(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
}
