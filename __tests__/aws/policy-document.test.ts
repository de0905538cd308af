import { type PolicyKind, parsePolicy, readPolicy } from "../../aws/policy-document";

const statement = { Effect: "Allow", Action: "execute-api:Invoke", Resource: "*" };
const withoutResource = { Effect: "Allow", Action: "sts:AssumeRole" };
const Principal = { Service: "apigateway.amazonaws.com" };
const document = (...statements: unknown[]) => ({ Version: "2012-10-17", Statement: statements });

it.each<[PolicyKind, object]>([
  ["authorizer", document(statement)],
  ["authorizer", { Version: "2008-10-17", Statement: statement }],
  ["authorizer", { ...document({ ...statement, Sid: "a", Condition: {} }), Id: "x" }],
  ["authorizer", document({ ...statement, Action: ["a:b", "*"], Resource: ["a", "b"] })],
  ["authorizer", document({ Effect: "Deny", NotAction: "a:b", NotResource: "c" })],
  ["identity", { Statement: statement }],
  ["managed", document(statement)],
  ["resource", { Statement: { ...statement, Principal: "*" } }],
  ["resource", { Statement: { ...statement, NotPrincipal: { AWS: ["1", "2"] } } }],
  ["trust", { Statement: { ...withoutResource, Principal } }],
  [
    "identity",
    {
      Statement: {
        ...statement,
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
  ["Version", [statement]],
  ["Version", { Statement: [statement] }],
  ["Version", { Version: "2012-10-18", Statement: [statement] }],
  ["Version", { Version: null, Statement: [statement] }],
  ["Version", { version: "2012-10-17", Statement: [statement] }],
  ["Statement", { Version: "2012-10-17" }],
  ["Statement", { Version: "2012-10-17", statement: [statement] }],
  ["Statement", document()],
  ["Statement", { Version: "2012-10-17", Statement: null }],
  ["Extra", { ...document(statement), Extra: 1 }],
  ["Id", { ...document(statement), Id: 1 }],
  ["Statement.1", document(statement, null)],
  ["Statement.0.effect", document({ effect: "Allow", ...statement })],
  ["Statement.0.Effect", document({ ...statement, Effect: "allow" })],
  ["Statement.0.Effect", document({ ...statement, Effect: undefined })],
  ["Statement.0.Sid", document({ ...statement, Sid: 1 })],
  ["Statement.0.Sid", document({ ...statement, Sid: null })],
  ["Statement.0.Action", document({ ...statement, Action: null })],
  ["Statement.0.Action", document({ ...statement, Action: [] })],
  ["Statement.0.Action", document({ ...statement, Action: "Invoke" })],
  ["Statement.0.Action.1", document({ ...statement, Action: ["*", 1] })],
  ["Statement.0", document({ ...statement, NotAction: "a:b" })],
  ["Statement.0", document({ Effect: "Allow", Resource: "*" })],
  ["Statement.0", document(withoutResource)],
  ["Statement.0.Resource", document({ ...statement, Resource: null })],
  ["Statement.0.Resource", document({ ...statement, Resource: {} })],
  ["Statement.0", document({ ...statement, NotResource: "x" })],
  ["Statement.0", document({ ...statement, Principal: "*" })],
  ["Statement.0.Principal", document({ ...statement, Principal: null })],
  ["Statement.0.Condition", document({ ...statement, Condition: null })],
  ["Statement.0.Condition", document({ ...statement, Condition: [] })],
  ["Statement.0.Condition.StringSounds", document({ ...statement, Condition: { StringSounds: { a: "b" } } })],
  [
    "Statement.0.Condition.NullIfExists",
    document({ ...statement, Condition: { NullIfExists: { a: true } } }),
  ],
  ["Statement.0.Condition.Bool", document({ ...statement, Condition: { Bool: null } })],
  ["Statement.0.Condition.Bool", document({ ...statement, Condition: { Bool: [] } })],
  ["Statement.0.Condition.Bool.a", document({ ...statement, Condition: { Bool: { a: null } } })],
  ["Statement.0.Condition.Bool.a", document({ ...statement, Condition: { Bool: { a: [] } } })],
])("of an authorizer, wrong at %s: %j", (path, policy) => {
  expect(() => readPolicy(policy, "authorizer")).toThrow(path);
});

it.each<[PolicyKind, string, object]>([
  ["identity", "Statement", { Statement: { ...statement, Principal } }],
  ["managed", "Version", { Statement: statement }],
  ["managed", "Version", { Version: "2008-10-17", Statement: statement }],
  ["resource", "Statement", { Statement: statement }],
  ["resource", "Statement.Principal", { Statement: { ...statement, Principal: "me" } }],
  ["resource", "Statement.Principal", { Statement: { ...statement, Principal: [] } }],
  ["resource", "Statement.Principal.User", { Statement: { ...statement, Principal: { User: "me" } } }],
  ["trust", "Statement", { Statement: { ...statement, Principal } }],
  ["trust", "Statement", { Statement: withoutResource }],
])("as %s, wrong at %s: %j", (kind, path, policy) => {
  expect(() => readPolicy(policy, kind)).toThrow(path);
});
