"use strict";

const { createHash, timingSafeEqual } = require("node:crypto");

/**
 * A Lambda TOKEN authorizer that knows which tenant a token belongs to. The environment variable TENANT_TOKENS holds
 * `tenant=token` pairs with spaces between them: `acme=first-secret globex=second-secret`. Without it nobody gets in.
 * @param {{ authorizationToken: string, methodArn: string }} event
 */
exports.handler = async function handler({ authorizationToken, methodArn }) {
  const tenant = tenantOf(authorizationToken);
  return {
    principalId: tenant ?? "unknown",
    policyDocument: {
      Version: "2012-10-17",
      Statement: [
        {
          Action: "execute-api:Invoke",
          Effect: tenant === undefined ? "Deny" : "Allow",
          Resource: wholeStage(methodArn),
        },
      ],
    },
    // Values are strings, numbers or booleans. The stack's forward_authorizer_keys copies them into message attributes.
    context: tenant === undefined ? {} : { tenant },
  };
};

function tenantOf(token) {
  return tenants().find(({ digest }) => timingSafeEqual(digest, digestOf(token)))?.name;
}

function tenants() {
  const pairs = (process.env.TENANT_TOKENS ?? "").split(/\s+/).filter((pair) => /^[^=]+=./.test(pair));
  return pairs.map((pair) => {
    const end = pair.indexOf("=");
    return { name: pair.slice(0, end), digest: digestOf(pair.slice(end + 1)) };
  });
}

/** Digests have one length, so that neither content nor length of a token shows in the time a comparison takes. */
function digestOf(text) {
  return createHash("sha256").update(text).digest();
}

/** API Gateway keeps the policy for the token and judges every method by it: hence the stage, not the one method. */
function wholeStage(methodArn) {
  const [api, stage] = methodArn.split("/");
  return `${api}/${stage}/*`;
}
