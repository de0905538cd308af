import { parseQueryPairs } from "../../../local/apigateway/multi-values";
import type { SignedRequest } from "../../../local/iam/read-signature";
import { SignatureError } from "../../../local/iam/signature-error";
import { verifySignature } from "../../../local/iam/verify-signature";
import VECTORS from "./signature-vectors.json";

const SIGNER = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  arn: "arn:aws:iam::123456789012:user/example",
  principalId: "AIDAEXAMPLE",
  policies: [],
};
const PLACES = ["the header", "the query"];
const CASES = Object.entries(VECTORS).flatMap(([name, requests]) =>
  requests.map((request, index) => [name, PLACES[index], request] as const),
);

/** Reads a request as the vectors have it: not encoded, header values on several lines, no carriage returns. */
function parsed(text: string): SignedRequest {
  const [head = "", body = ""] = text.split("\n\n");
  const [start = "", ...lines] = head.split(/\n(?=\S)/);
  const [, method = "", path = "", query = ""] = /^(\S+) ([^?]*)\??(.*) HTTP\/1\.1$/.exec(start) ?? [];
  const headers = lines.map((line) => /^([^:]+):(.*)$/s.exec(line)?.slice(1) as [string, string]);
  return {
    method,
    path,
    query: parseQueryPairs(query, /&/),
    headers: (name) => headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value),
    body: Buffer.from(body),
  };
}

function verified(request: SignedRequest) {
  const token = request.headers("x-amz-security-token").at(-1);
  const sessionToken = token ?? request.query.find(([name]) => name === "X-Amz-Security-Token")?.[1];
  return verifySignature(request, {
    service: "service",
    region: "us-east-1",
    now: Date.UTC(2015, 7, 30, 12, 36),
    identities: [{ ...SIGNER, sessionToken }],
  });
}

/**
 * @see https://github.com/awslabs/aws-c-auth/tree/main/tests/aws-signing-test-suite/v4 (Apache-2.0): those with normalized paths,
 * without the one whose session token comes into the query after signing, as it does for AWS IoT alone
 */
describe("AWS's own test suite for Signature Version 4", () => {
  it.each(CASES)("%s, signed in %s", async (_, __, text) => {
    const request = parsed(text);
    expect(await verified(request)).toMatchObject({ accessKeyId: "AKIDEXAMPLE" });
    await expect(verified({ ...request, method: "PUT" })).rejects.toThrow(SignatureError);
  });

  it("is read whole", () => {
    expect(CASES).toHaveLength(61);
  });
});
