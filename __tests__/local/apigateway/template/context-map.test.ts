import { render } from "../../../support/render";

test.each([
  ["$context.requestId", "r1"],
  ["$context.identity.sourceIp", "1.2.3.4"],
  ['$context["identity"]["sourceIp"]', "1.2.3.4"],
  ["$context.requestTimeEpoch", "1700000000000"],
  ["$context.authorizer.principalId", ""],
  ['[$context.get("identity")]', "[]"],
  ["[$context.identity]", "[]"],
  ["$context.identity.keySet()", "[sourceIp, user]"],
  ["[$context.identity.user]", "[]"],
])("%s gives %s", (template, expected) => {
  const context = {
    requestId: "r1",
    requestTimeEpoch: 1700000000000,
    identity: { sourceIp: "1.2.3.4", user: null },
  };
  expect(render(template, { context })).toBe(expected);
});

test("overrides reach the caller as plain values, however they are written", () => {
  const context: Record<string, unknown> = {};
  const template = `#set($context.responseOverride.status = 429)
#set($context.responseOverride.header.foo = "bar")
#set($context.responseOverride.custom = "kept")
#set($context.requestOverride.header.many = ["1", "2"])
#set($name = "a")
#set($context.requestOverride.querystring[$name] = "b")
$context.requestOverride.querystring.put("c", "d")
#set($context["requestOverride"].querystring["e"] = "f")
#set($context.requestOverride.path = {"p": 1.5})
#set($context.requestOverride.path.q = "late")
`;
  expect(render(template, { context })).toBe("\n");
  expect(context).toEqual({
    responseOverride: { status: 429, header: { foo: "bar" }, custom: "kept" },
    requestOverride: {
      header: { many: ["1", "2"] },
      querystring: { a: "b", c: "d", e: "f" },
      path: { p: 1.5, q: "late" },
    },
  });
});

test("a response template sees what the request template overrode", () => {
  const context: Record<string, unknown> = {};
  render("#set($context.requestOverride.path.body = {'a': [1]})", { context });
  expect(render("$context.requestOverride.path.body.a[0]", { context })).toBe("1");
});

test("the kinds of override are there from the start", () => {
  expect(render("$context.requestOverride.keySet()", { context: { requestOverride: {} } })).toBe(
    "[path, header, querystring]",
  );
});
