import { render } from "../../support/render";

test.each([
  ["a variable", "#set($a = 1)$a", "1"],
  ["a variable to nothing, the empty string", "#set($a = 1)#set($a = $undefined)[$a]", "[]"],
  ["a map's key", "#set($m = {})#set($m.a = 1)$m", "{a=1}"],
  [
    "a map's key in brackets",
    "#set($m = {})#set($m['a b'] = 1)#set($m[\"$undefined\"] = 2)$m",
    "{a b=1, =2}",
  ],
  ["a key of a map in a map", "#set($m = {'n': {}})#set($m.n.a = 1)$m", "{n={a=1}}"],
  ["a list's item", "#set($l = [1, 2])#set($l[0] = 'z')#set($l[-1] = 'y')$l", "[z, y]"],
  ["nothing in what is not there", "#set($m = {})#set($m.n.a = 1)$m", "{}"],
  ["nothing in a string", "#set($s = 'a')#set($s.b = 1)$s", "a"],
  ["with spaces and newlines inside", "#set ( $a\n=\n1 )$a", "1"],
])("sets %s", (_, template, expected) => {
  expect(render(template)).toBe(expected);
});

test("a list item that is not there is an error", () => {
  expect(() => render("#set($l = [1])#set($l[1] = 2)")).toThrow("index 1 is out of bounds");
});
