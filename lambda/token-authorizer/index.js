"use strict";

const { createHash, timingSafeEqual } = require("node:crypto");

/**
 * A Lambda TOKEN authorizer for API Gateway: the caller's token must be exactly the one in the environment variable
 * AUTHORIZER_TOKEN, or in the secret whose ARN is in AUTHORIZER_TOKEN_SECRET_ARN. Without either it lets nobody in, and the
 * caller gets a 500.
 * @param {{ authorizationToken: string, methodArn: string }} event
 */
exports.handler = async function handler(event) {
  const expected = process.env.AUTHORIZER_TOKEN || (await tokenInSecret());
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

/** A secret that is rotated counts after so many milliseconds. */
const SECRET_AGE = 300_000;

let secret = { token: "", readAt: -Infinity };

/** Reads the secret once in a while; a secret that can't be read is an error, and never an old token. */
async function tokenInSecret() {
  const SecretId = process.env.AUTHORIZER_TOKEN_SECRET_ARN;
  if (!SecretId) {
    throw new Error(
      "Configuration error: neither the environment variable AUTHORIZER_TOKEN nor AUTHORIZER_TOKEN_SECRET_ARN is set.",
    );
  }
  if (Date.now() - secret.readAt > SECRET_AGE) {
    // Lambda's Node.js runtimes have the SDK; here nobody else needs it.
    const { GetSecretValueCommand, SecretsManagerClient } = require("@aws-sdk/client-secrets-manager");
    // The secret may be in another Region than the function: its ARN says in which.
    const client = new SecretsManagerClient({ region: SecretId.split(":")[3] });
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }));
    if (!SecretString) throw new Error("Configuration error: the secret has no text.");
    secret = { token: SecretString, readAt: Date.now() };
  }
  return secret.token;
}

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
