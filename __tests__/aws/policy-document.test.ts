import { type PolicyKind, parsePolicy, readPolicy } from "../../aws/policy-document";

const STATEMENT = { Effect: "Allow", Action: "execute-api:Invoke", Resource: "*" };
const WITHOUT_RESOURCE = { Effect: "Allow", Action: "sts:AssumeRole" };
const PRINCIPAL = { Service: "apigateway.amazonaws.com" };
const document = (...statements: unknown[]) => ({ Version: "2012-10-17", Statement: statements });

it.each<[PolicyKind, object]>([
  ["authorizer", document(STATEMENT)],
  ["authorizer", { Version: "2008-10-17", Statement: STATEMENT }],
  ["authorizer", { ...document({ ...STATEMENT, Sid: "a", Condition: {} }), Id: "x" }],
  ["authorizer", document({ ...STATEMENT, Action: ["a:b", "*"], Resource: ["a", "b"] })],
  ["authorizer", document({ Effect: "Deny", NotAction: "a:b", NotResource: "c" })],
  ["identity", { Statement: STATEMENT }],
  ["managed", document(STATEMENT)],
  ["resource", { Statement: { ...STATEMENT, Principal: "*" } }],
  ["resource", { Statement: { ...STATEMENT, NotPrincipal: { AWS: ["1", "2"] } } }],
  ["trust", { Statement: { ...WITHOUT_RESOURCE, Principal: PRINCIPAL } }],
  [
    "identity",
    {
      Statement: {
        ...STATEMENT,
        Condition: {
          "ForAnyValue:StringNotLikeIfExists": { a: ["b", "c"] },
          Null: { a: true },
          NumericLessThan: { a: 1 },
        },
      },
    },
  ],
])("as %s, %j is a policy", (kind, policy) => {
  expect(readPolicy(policy, kind)).toEqual(policy);
  expect(parsePolicy(JSON.stringify(policy), kind)).toEqual(policy);
});

it.each<[string, unknown]>([
  ["Invalid type", null],
  ["Version", [STATEMENT]],
  ["Version", { Statement: [STATEMENT] }],
  ["Version", { Version: "2012-10-18", Statement: [STATEMENT] }],
  ["Version", { Version: null, Statement: [STATEMENT] }],
  ["Version", { version: "2012-10-17", Statement: [STATEMENT] }],
  ["Statement", { Version: "2012-10-17" }],
  ["Statement", { Version: "2012-10-17", statement: [STATEMENT] }],
  ["Statement", document()],
  ["Statement", { Version: "2012-10-17", Statement: null }],
  ["Extra", { ...document(STATEMENT), Extra: 1 }],
  ["Id", { ...document(STATEMENT), Id: 1 }],
  ["Statement.1", document(STATEMENT, null)],
  ["Statement.0.effect", document({ effect: "Allow", ...STATEMENT })],
  ["Statement.0.Effect", document({ ...STATEMENT, Effect: "allow" })],
  ["Statement.0.Effect", document({ ...STATEMENT, Effect: undefined })],
  ["Statement.0.Sid", document({ ...STATEMENT, Sid: 1 })],
  ["Statement.0.Sid", document({ ...STATEMENT, Sid: null })],
  ["Statement.0.Action", document({ ...STATEMENT, Action: null })],
  ["Statement.0.Action", document({ ...STATEMENT, Action: [] })],
  ["Statement.0.Action", document({ ...STATEMENT, Action: "Invoke" })],
  ["Statement.0.Action.1", document({ ...STATEMENT, Action: ["*", 1] })],
  ["Statement.0", document({ ...STATEMENT, NotAction: "a:b" })],
  ["Statement.0", document({ Effect: "Allow", Resource: "*" })],
  ["Statement.0", document(WITHOUT_RESOURCE)],
  ["Statement.0.Resource", document({ ...STATEMENT, Resource: null })],
  ["Statement.0.Resource", document({ ...STATEMENT, Resource: {} })],
  ["Statement.0", document({ ...STATEMENT, NotResource: "x" })],
  ["Statement.0", document({ ...STATEMENT, Principal: "*" })],
  ["Statement.0.Principal", document({ ...STATEMENT, Principal: null })],
  ["Statement.0.Condition", document({ ...STATEMENT, Condition: null })],
  ["Statement.0.Condition", document({ ...STATEMENT, Condition: [] })],
  ["Statement.0.Condition.StringSounds", document({ ...STATEMENT, Condition: { StringSounds: { a: "b" } } })],
  [
    "Statement.0.Condition.NullIfExists",
    document({ ...STATEMENT, Condition: { NullIfExists: { a: true } } }),
  ],
  ["Statement.0.Condition.Bool", document({ ...STATEMENT, Condition: { Bool: null } })],
  ["Statement.0.Condition.Bool", document({ ...STATEMENT, Condition: { Bool: [] } })],
  ["Statement.0.Condition.Bool.a", document({ ...STATEMENT, Condition: { Bool: { a: null } } })],
  ["Statement.0.Condition.Bool.a", document({ ...STATEMENT, Condition: { Bool: { a: [] } } })],
])("of an authorizer, wrong at %s: %j", (path, policy) => {
  expect(() => readPolicy(policy, "authorizer")).toThrow(path);
});

it.each<[PolicyKind, string, object]>([
  ["identity", "Statement", { Statement: { ...STATEMENT, Principal: PRINCIPAL } }],
  ["managed", "Version", { Statement: STATEMENT }],
  ["managed", "Version", { Version: "2008-10-17", Statement: STATEMENT }],
  ["resource", "Statement", { Statement: STATEMENT }],
  ["resource", "Statement.Principal", { Statement: { ...STATEMENT, Principal: "me" } }],
  ["resource", "Statement.Principal", { Statement: { ...STATEMENT, Principal: [] } }],
  ["resource", "Statement.Principal.User", { Statement: { ...STATEMENT, Principal: { User: "me" } } }],
  ["trust", "Statement", { Statement: { ...STATEMENT, Principal: PRINCIPAL } }],
  ["trust", "Statement", { Statement: WITHOUT_RESOURCE }],
])("as %s, wrong at %s: %j", (kind, path, policy) => {
  expect(() => readPolicy(policy, kind)).toThrow(path);
});
