import { type SecretHeaderCheck, withSecretHeader } from "../../mapping/secret-header-template";
import { render } from "../support/render";

const CHECK: SecretHeaderCheck = {
  header: "X-Gitlab-Token",
  values: ["8Yq3-right.value+1/=", "8Yq3-value.before+1/="],
};
const [CURRENT = "", BEFORE = ""] = CHECK.values;

const REFUSED = "Action=Refused";

const sent = (header: Record<string, string>, more: object = {}) =>
  render(withSecretHeader("Action=SendMessage&MessageBody=$util.urlEncode($input.body)", CHECK), {
    body: "a&b",
    header,
    ...more,
  });

test.each(["X-Gitlab-Token", "x-gitlab-token", "X-GITLAB-TOKEN"])(
  "%s with the value is let through",
  (name) => {
    expect(sent({ Accept: "*/*", [name]: CURRENT })).toBe("Action=SendMessage&MessageBody=a%26b");
  },
);

test("the value before is right, too", () => {
  expect(sent({ "X-Gitlab-Token": BEFORE })).toBe("Action=SendMessage&MessageBody=a%26b");
});

test.each<[string, Record<string, string>]>([
  ["no header at all", {}],
  ["no such header", { Accept: CURRENT }],
  ["an empty value", { "X-Gitlab-Token": "" }],
  ["another value", { "X-Gitlab-Token": "other" }],
  ["the value in another case", { "X-Gitlab-Token": CURRENT.toUpperCase() }],
  ["the value and a space", { "X-Gitlab-Token": `${CURRENT} ` }],
  ["a space and the value", { "X-Gitlab-Token": ` ${CURRENT}` }],
  ["the start of the value", { "X-Gitlab-Token": CURRENT.slice(0, -1) }],
  ["the value and more", { "X-Gitlab-Token": `${CURRENT}1` }],
  ["both values", { "X-Gitlab-Token": `${CURRENT},${BEFORE}` }],
  ["the value twice", { "X-Gitlab-Token": `${CURRENT},${CURRENT}` }],
  ["two headers of the name, both right", { "X-Gitlab-Token": CURRENT, "x-gitlab-token": CURRENT }],
  ["two headers of the name, one right", { "x-gitlab-token": "other", "X-Gitlab-Token": CURRENT }],
  ["a header whose name contains it", { "X-X-Gitlab-Token": CURRENT }],
  ["the name of a variable", { "X-Gitlab-Token": "$secret" }],
  ["code", { "X-Gitlab-Token": `' || 'a' == 'a` }],
  ["a directive", { "X-Gitlab-Token": "#set($secrets = 1)#end#if(true)" }],
])("%s is refused", (_, header) => {
  expect(sent(header)).toBe(REFUSED);
});

test("a parameter of the path or the query is no header", () => {
  const parameters = { "X-Gitlab-Token": CURRENT, "x-gitlab-token": CURRENT };
  expect(sent({}, { querystring: parameters, path: parameters })).toBe(REFUSED);
});

test("what an own template sets or stops is behind the check", () => {
  const template = withSecretHeader("#set($secrets = 1)Action=SendMessage#stop", CHECK);
  expect(render(template, { header: { "X-Gitlab-Token": "other" } })).toBe(REFUSED);
  expect(render(template, { header: { "X-Gitlab-Token": CURRENT } })).toBe("Action=SendMessage");
});

test.each(["X-Token'", "", "X Token", "X-Töken"])("%j is no name", (header) => {
  expect(() => withSecretHeader("", { ...CHECK, header })).toThrow(
    `header: is not the name of a header, got ${JSON.stringify(header)}`,
  );
});
