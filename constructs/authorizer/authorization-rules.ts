import type { Declared, Facts, Rule } from "../setting";
import { AUTHORIZATION_SETTINGS, type AuthorizationFacts, type AuthorizationKind } from "./authorization";
import { MADE_FUNCTION_SETTINGS } from "./authorizer-function";
import { COGNITO_AUTHORIZER_SETTINGS, USER_POOLS_ARE_GIVEN } from "./cognito-authorizer";
import { IAM_FACTS } from "./iam-authorization";
import { headersIn } from "./identity-source";
import { LAMBDA_AUTHORIZER_SETTINGS } from "./lambda-authorizer";
import { IDENTITY_SOURCES_ARE_GIVEN, REQUEST_AUTHORIZER_SETTINGS } from "./request-authorizer";
import { TOKEN_AUTHORIZER_SETTINGS } from "./token-authorizer";

const OF_FUNCTIONS = { ...LAMBDA_AUTHORIZER_SETTINGS, ...MADE_FUNCTION_SETTINGS };

/** What each kind reads. */
const READ_BY: Readonly<Record<AuthorizationKind, Declared>> = {
  TOKEN: { ...OF_FUNCTIONS, ...TOKEN_AUTHORIZER_SETTINGS },
  REQUEST: { ...OF_FUNCTIONS, ...REQUEST_AUTHORIZER_SETTINGS },
  COGNITO_USER_POOLS: COGNITO_AUTHORIZER_SETTINGS,
  AWS_IAM: {},
};

/** Settings of all kinds of authorization. */
export const AUTHORIZER_SETTINGS = {
  ...AUTHORIZATION_SETTINGS,
  ...OF_FUNCTIONS,
  ...TOKEN_AUTHORIZER_SETTINGS,
  ...REQUEST_AUTHORIZER_SETTINGS,
  ...COGNITO_AUTHORIZER_SETTINGS,
};

type Settings = typeof AUTHORIZER_SETTINGS;
type Setting = keyof Settings;

const KINDS = Object.keys(READ_BY) as AuthorizationKind[];

/** What has to hold between them. */
export const AUTHORIZATION_RULES: readonly Rule<Settings>[] = [
  ...(Object.keys(AUTHORIZER_SETTINGS) as Setting[])
    .filter((setting) => setting !== "authorization")
    .map(onlyRead),
  { ...IDENTITY_SOURCES_ARE_GIVEN, isBroken: onlyFor("REQUEST", IDENTITY_SOURCES_ARE_GIVEN) },
  { ...USER_POOLS_ARE_GIVEN, isBroken: onlyFor("COGNITO_USER_POOLS", USER_POOLS_ARE_GIVEN) },
  {
    setting: "authorizerTokenSecretArn",
    isBroken: ({ authorizerTokenSecretArn, authorizerFunctionFolder }) =>
      authorizerTokenSecretArn !== undefined && authorizerFunctionFolder === undefined,
    wrong: "is for a function that the stack makes",
    allowed: "this setting together with `authorizerFunctionFolder`",
    mend: "Write `authorizerFunctionFolder`, or drop it.",
  },
  {
    setting: "authorizerInvocation",
    isBroken: ({ authorizerInvocation, authorizerFunctionFolder }) =>
      authorizerInvocation === "owners-permission" && authorizerFunctionFolder !== undefined,
    wrong: "leaves the permission to the owner of the function, which is this stack",
    allowed: "`authorizerInvocation`: permission or role with `authorizerFunctionFolder`",
    mend: "Drop it.",
  },
];

/** What callers and templates see of the authorization that the settings ask for. */
export function authorizationFacts(facts: Facts<Settings, unknown>): AuthorizationFacts {
  const { authorizerTokenHeader = "Authorization", authorizerIdentitySources = [] } = facts;
  switch (kindIn(facts)) {
    case "TOKEN":
      return { headers: [authorizerTokenHeader], context: "function" };
    case "REQUEST":
      return { headers: headersIn(authorizerIdentitySources), context: "function" };
    case "COGNITO_USER_POOLS":
      return { headers: [authorizerTokenHeader], context: "claims" };
    case "AWS_IAM":
      return IAM_FACTS;
  }
}

/** Does a Lambda function decide? */
export function hasFunction(facts: Facts<Settings, unknown>): boolean {
  return "authorizerInvocation" in READ_BY[kindIn(facts)];
}

function kindIn({ authorization = "TOKEN" }: Facts<Settings, unknown>): AuthorizationKind {
  return authorization;
}

function onlyFor<T extends Declared>(kind: AuthorizationKind, rule: Rule<T>): Rule<Settings>["isBroken"] {
  return (facts, setting) => kindIn(facts) === kind && rule.isBroken(facts as Facts<T, unknown>, setting);
}

/** Another kind's settings would be without effect. */
function onlyRead(setting: Setting): Rule<Settings> {
  const kinds = KINDS.filter((kind) => setting in READ_BY[kind]);
  return {
    setting,
    isBroken: (facts) => facts[setting] !== undefined && !kinds.includes(kindIn(facts)),
    wrong: "is without effect for this kind of authorization",
    allowed: `this setting where \`authorization\` is ${kinds.join(" or ")}`,
    mend: "Write that kind, or drop the setting.",
  };
}
