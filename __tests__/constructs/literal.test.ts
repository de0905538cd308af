import { literal } from "../../constructs/literal";

test.each([
  ["${n}", "$${n}"],
  ["a${n}.Name=${foreach.count}", "a$${n}.Name=$${foreach.count}"],
  ["%{if true}", "%%{if true}"],
  ["$n %41 $!{n} $$ %% {}", "$n %41 $!{n} $$ %% {}"],
])("Terraform reads %j as %j, and so as the text itself", (text, escaped) => {
  expect(literal(text)).toBe(escaped);
});
