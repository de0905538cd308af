import { SignatureError, missingEqualSign } from "./signature-error";

/** A request as its sender signed it. */
export interface SignedRequest {
  readonly method: string;
  /** As sent, percent-encoded. */
  readonly path: string;
  /** Names and values, decoded. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** The values under a name, in any case, in the order in which they came. */
  readonly headers: (name: string) => readonly string[];
  readonly body: Buffer;
}

/** A signature as it stands in a request, unchecked. */
export interface Signature {
  readonly algorithm: string;
  /** `<access key>/<date>/<region>/<service>/aws4_request` */
  readonly credential: string;
  /** Lower case, in the order in which they were signed. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `YYYYMMDDTHHMMSSZ` */
  readonly date: string;
  /** Seconds; of a signature in the query only. */
  readonly expires?: number | undefined;
  readonly sessionToken: string | undefined;
}

/** The parts of a signature in the query string; `X-Amz-Expires` and `X-Amz-Security-Token` may be there, too. */
const QUERY_PARTS = [
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Date",
  "X-Amz-SignedHeaders",
  "X-Amz-Signature",
] as const;

/** What of a signature in the query is nobody else's business. */
export const SECRET_PARAMETERS: readonly string[] = ["X-Amz-Signature", "X-Amz-Security-Token"];

/**
 * Finds a request's Signature Version 4, in the `Authorization` header or else in the query string.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
 * @throws SignatureError for a request without one, and for one that is not whole
 */
export function readSignature(request: SignedRequest): Signature {
  const authorization = request.headers("authorization").at(-1);
  if (authorization !== undefined && authorization !== "") return ofHeader(authorization, request);
  if (QUERY_PARTS.some((part) => parameter(request, part) !== undefined)) return ofQuery(request);
  throw new SignatureError("MissingAuthenticationToken", "Missing Authentication Token");
}

function ofHeader(authorization: string, { headers }: SignedRequest): Signature {
  const [, algorithm = "", list = ""] = /^(\S*)\s*(.*)$/s.exec(authorization) ?? [];
  const parts = new Map<string, string>();
  for (const pair of list.split(",").map((part) => part.trim())) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (name === undefined || value === undefined) throw missingEqualSign(authorization);
    parts.set(name, value);
  }
  const date = headers("x-amz-date").at(-1) ?? headers("date").at(-1);
  const missing = ["Credential", "Signature", "SignedHeaders"]
    .filter((part) => !parts.has(part))
    .map((part) => `Authorization header requires '${part}' parameter. `);
  if (date === undefined) {
    missing.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
  }
  if (missing.length > 0 || date === undefined) {
    throw new SignatureError("IncompleteSignature", `${missing.join("")}Authorization=${authorization}`);
  }
  return {
    algorithm,
    credential: parts.get("Credential") ?? "",
    signedHeaders: headerNames(parts.get("SignedHeaders") ?? ""),
    signature: parts.get("Signature") ?? "",
    date: basicDate(date),
    sessionToken: headers("x-amz-security-token").at(-1),
  };
}

/** The words for what is missing are IAM's; of API Gateway there is no recording. */
function ofQuery(request: SignedRequest): Signature {
  const missing = QUERY_PARTS.filter((part) => parameter(request, part) === undefined);
  if (missing.length > 0) {
    const parts = missing.map((part) => `AWS query-string parameters must include '${part}'. `).join("");
    throw new SignatureError("IncompleteSignature", `${parts}Re-examine the query-string parameters.`);
  }
  const [algorithm, credential, date, signedHeaders, signature] = QUERY_PARTS.map(
    (part) => parameter(request, part) ?? "",
  ) as [string, string, string, string, string];
  return {
    algorithm,
    credential,
    signedHeaders: headerNames(signedHeaders),
    signature,
    date: basicDate(date),
    expires: lifetime(parameter(request, "X-Amz-Expires")),
    sessionToken: parameter(request, "X-Amz-Security-Token"),
  };
}

/** The longest that a signature in the query may be good for: seven days. */
const LONGEST_EXPIRY = 604_800;

function lifetime(expires: string | undefined): number | undefined {
  if (expires === undefined) return undefined;
  if (/^\d{1,6}$/.test(expires) && Number(expires) <= LONGEST_EXPIRY) return Number(expires);
  const allowed = `a number from 0 to ${LONGEST_EXPIRY}`;
  throw new SignatureError("IncompleteSignature", `X-Amz-Expires must be ${allowed}. Got '${expires}'.`);
}

function parameter({ query }: SignedRequest, name: string): string | undefined {
  return query.findLast(([key]) => key === name)?.[1];
}

function headerNames(list: string): string[] {
  return list.split(";").map((name) => name.toLowerCase());
}

/** A `Date` header may also be HTTP's own form, which is signed in the basic one. */
function basicDate(date: string): string {
  if (/^\d{8}T\d{6}Z$/.test(date) && !Number.isNaN(fromBasicDate(date))) return date;
  if (date.endsWith(" GMT") && !Number.isNaN(Date.parse(date))) return toBasicDate(Date.parse(date));
  throw new SignatureError(
    "IncompleteSignature",
    `Date must be in ISO-8601 'basic format'. Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
  );
}

/** Milliseconds since 1970 as `YYYYMMDDTHHMMSSZ`. */
export function toBasicDate(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d+/g, "");
}

/** `YYYYMMDDTHHMMSSZ` as milliseconds since 1970. */
export function fromBasicDate(date: string): number {
  return Date.parse(date.replace(/^(....)(..)(..T..)(..)(..Z)$/, "$1-$2-$3:$4:$5"));
}
