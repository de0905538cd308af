"use strict";

const { createHash, timingSafeEqual } = require("node:crypto");

/**
 * A Lambda TOKEN authorizer for API Gateway: the caller's token must be exactly the one in the environment variable
 * AUTHORIZER_TOKEN. Without that variable it lets nobody in, and the caller gets a 500.
 * @param {{ authorizationToken: string, methodArn: string }} event
 */
exports.handler = async function handler(event) {
  const expected = process.env.AUTHORIZER_TOKEN;
  if (!expected)
    throw new Error("Configuration error: the environment variable AUTHORIZER_TOKEN is not set.");
  const allowed = areEqual(String(event.authorizationToken ?? ""), expected);
  return {
    principalId: allowed ? "token-holder" : "unknown",
    policyDocument: {
      Version: "2012-10-17",
      Statement: [
        {
          Action: "execute-api:Invoke",
          Effect: allowed ? "Allow" : "Deny",
          Resource: wholeStage(event.methodArn),
        },
      ],
    },
  };
};

/** Compares digests, so that neither content nor length of the expected token shows in the time it takes. */
function areEqual(actual, expected) {
  const digest = (text) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(actual), digest(expected));
}

/**
 * Widens `arn:…:api/stage/POST/sqs` to `arn:…:api/stage/*`. API Gateway caches the policy by token and judges every
 * method by it: a policy for one method would deny the same caller all others until the cache expires.
 */
function wholeStage(methodArn) {
  const [api, stage] = methodArn.split("/");
  return `${api}/${stage}/*`;
}
