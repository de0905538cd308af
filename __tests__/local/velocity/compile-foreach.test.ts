import { MappingTemplateError } from "../../../aws/velocity/mapping-template-error";
import { render } from "../../support/render";

const L = "#set($l = ['a', 'b', 'c'])";

test.each([
  ["a list", "#foreach($i in $l)$i#end", "abc"],
  ["a map's values", "#foreach($i in {'x': 1, 'y': 2})$i#end", "12"],
  ["a map's keys", "#foreach($i in $m.keySet())$i#end", "xy"],
  ["a map's entries", "#foreach($e in $m.entrySet())$e.key=$e.value $e.getKey()#end", "x=1 xy=2 y"],
  ["a range", "#foreach($i in [1..3])$i#end", "123"],
  ["a range between references", "#set($last = $l.size() - 1)#foreach($i in [0..$last])$l[$i]#end", "abc"],
  ["nothing, for an undefined reference", "#foreach($i in $u)$i#end", ""],
  ["nothing, for a string", "#foreach($i in 'abc')$i#end", ""],
  ["an array", "#set($s = 'x-y')#foreach($i in $s.split('-'))$i#end", "xy"],
  ["an iterator, from where it is", "#set($it = $l.iterator())$it.next()|#foreach($i in $it)$i#end", "a|bc"],
  ["a list whose items are replaced", "#foreach($i in $l)$i#set($ignored = $l.set(2, 'z'))#end", "abz"],
  [
    "a list to its end, though its last item but one removes another",
    "#foreach($i in $l)$i#if($i == 'b')#set($ignored = $l.remove(0))#end#end",
    "ab",
  ],
])("walks %s", (_, template, expected) => {
  expect(render(`${L}#set($m = {'x': 1, 'y': 2})${template}`)).toBe(expected);
});

test.each([
  ["$foreach.index", "0,1,2,"],
  ["$foreach.count", "1,2,3,"],
  ["$foreach.hasNext", "true,true,false,"],
  ["$foreach.hasNext()", "true,true,false,"],
  ["$foreach.first", "true,false,false,"],
  ["$foreach.last", "false,false,true,"],
  ["$velocityCount", "1,2,3,"],
  ["$velocityHasNext", "true,true,false,"],
])("%s", (reference, expected) => {
  expect(render(`${L}#foreach($i in $l)${reference},#end`)).toBe(expected);
});

test.each([
  [
    "the inner loop hides the outer one",
    "#foreach($j in [1, 2])#foreach($i in [3, 4])$foreach.count#end$foreach.count|#end",
    "121|122|",
  ],
  ["$foreach.parent", "#foreach($j in [1, 2])#foreach($i in [3, 4])$foreach.parent.index#end#end", "0011"],
  [
    "$foreach.topmost",
    "#foreach($j in [1, 2])#foreach($i in [3])#foreach($k in [4])$foreach.topmost.count#end#end#end",
    "12",
  ],
  ["loop variables end with the loop", "#foreach($i in [1])#end[$i$foreach$velocityCount]", "[]"],
  ["an outer variable of the same name comes back", "#set($i = 9)#foreach($i in [1])$i#end$i", "19"],
  ["other variables survive the loop", "#foreach($i in [1, 2])#set($z = $i)#end$z", "2"],
  ["#break ends the loop at once", "#foreach($i in [1..3])$i#if($i == 2)#break#end,#end.", "1,2."],
  [
    "#break ends the inner loop only",
    "#foreach($i in [1, 2])#foreach($j in [1..3])$j#break#end;#end",
    "1;1;",
  ],
])("%s", (_, template, expected) => {
  expect(render(template)).toBe(expected);
});

test("1,000 iterations are allowed, 1,001 are not", () => {
  expect(render("#foreach($i in [1..1000])x#end")).toHaveLength(1000);
  expect(() => render("#foreach($i in [1..1001])x#end")).toThrow(MappingTemplateError);
});

test.each([
  "#foreach($i in $l)#set($ignored = $l.add('z'))#end",
  "#foreach($i in $l)#set($ignored = $l.remove($i))#end",
  "#foreach($i in $l)#set($ignored = $l.add('z'))#set($ignored = $l.remove('z'))#end",
  "#foreach($k in $m.keySet())#set($ignored = $m.put('z', 1))#end",
  "#foreach($v in $m)#set($ignored = $m.remove('x'))#end",
  "#set($it = $l.iterator())#set($ignored = $l.add('z'))$it.next()",
])("%s changes what is walked", (template) => {
  expect(() => render(`${L}#set($m = {'x': 1, 'y': 2})${template}`)).toThrow(
    "ConcurrentModificationException",
  );
});
