import { render } from "../../support/render";

test.each([
  ["$l.size() $l.isEmpty() $l.empty", "3 false false"],
  ["$l.get(1) $l[1]", "b b"],
  ["$l.contains('b') $l.contains('z')", "true false"],
  ["$l.indexOf('b') $l.indexOf('z') $l.lastIndexOf('a')", "1 -1 0"],
  ["$l.add('d') $l", "true [a, b, c, d]"],
  ["$l.add(0, 'z')$l", "[z, a, b, c]"],
  ["$l.set(1, 'z') $l", "b [a, z, c]"],
  ["$l.remove(0) $l", "a [b, c]"],
  ["$l.remove('b') $l.remove('z') $l", "true false [a, c]"],
  ["$l.addAll(['d', 'e']) $l.addAll([]) $l", "true false [a, b, c, d, e]"],
  ["$l.containsAll(['a', 'b']) $l.containsAll(['z'])", "true false"],
  ["$l.subList(0, 2)", "[a, b]"],
  ["$l.clear()$l.isEmpty()", "true"],
  ["$l.equals(['a', 'b', 'c'])", "true"],
  ["$l.toString().length()", "9"],
])("%s gives %s", (template, expected) => {
  expect(render(`#set($l = ['a', 'b', 'c'])${template}`)).toBe(expected);
});

test.each(["$l.get(3)", "$l[3]", "$l.get(-1)", "$l.set(3, 'z')", "$l.remove(3)", "$l.add(9, 'z')"])(
  "%s is out of bounds",
  (template) => {
    expect(() => render(`#set($l = ['a', 'b', 'c'])${template}`)).toThrow("out of bounds");
  },
);
