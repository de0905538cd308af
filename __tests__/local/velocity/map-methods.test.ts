import { render } from "../../support/render";

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
