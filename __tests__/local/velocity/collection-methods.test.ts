import { render } from "../../support/render";

describe("lists", () => {
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
});

describe("maps", () => {
  test.each([
    ["$m.get('a') $m.get('z')", "1 "],
    ["$m.put('a', 9) $m.put('z', 8) $m", "1  {a=9, b=2, z=8}"],
    ["$m.put('a', null)$m", "1{a=null, b=2}"],
    ["$m.putAll({'b': 3, 'c': 4})$m", "{a=1, b=3, c=4}"],
    ["$m.putIfAbsent('a', 9)$m.putIfAbsent('z', 8)$m", "1{a=1, b=2, z=8}"],
    ["$m.getOrDefault('a', 9) $m.getOrDefault('z', 9)", "1 9"],
    ["$m.remove('a') $m", "1 {b=2}"],
    ["$m.containsKey('a') $m.containsKey('z')", "true false"],
    ["$m.containsValue(2) $m.containsValue(9)", "true false"],
    ["$m.size() $m.isEmpty()", "2 false"],
    ["$m.keySet() $m.values() $m.entrySet()", "[a, b] [1, 2] [a=1, b=2]"],
    ["$m.clear()$m.isEmpty()", "true"],
    ["$m.toString()", "{a=1, b=2}"],
    ["$m.equals({'b': 2, 'a': 1})", "true"],
  ])("%s gives %s", (template, expected) => {
    expect(render(`#set($m = {'a': 1, 'b': 2})${template}`)).toBe(expected);
  });
});
