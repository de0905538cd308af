import { parseTemplate } from "../../../aws/velocity/parse-template";
import { MappingTemplateError } from "../../../aws/velocity/mapping-template-error";
import { render } from "../../support/render";
import { tries } from "../../support/tries";

const X = "#set($x = 'X')";

describe("white space", () => {
  test.each([
    ["the rest of the line after #set goes", "#set($a = 1) \t\nb", "b"],
    ["so it does with CRLF", "#set($a = 1)\r\nb", "b"],
    ["after #if, #else and #end", "#if(true) \na\n#else \nb\n#end \nc", "a\nc"],
    ["after #elseif", "#if(false)a#elseif(true) \nb#end", "b"],
    ["after the formal #{else} and #{end}", "#if(false)a#{else} \nb#{end} \nc", "bc"],
    ["after #foreach", "#foreach($i in [1..2]) \n$i\n#end\nc", "1\n2\nc"],
    ["after #define", "#define($d) \n d\n#end \n$d", " d\n"],
    ["only one newline goes", "#set($a = 1)\n\nb", "\nb"],
    ["spaces not followed by a newline stay", "#if(true)  a#end  b", "  a  b"],
    ["spaces between two #set go", "#set($a = 1)  #set($b = 2)c", "c"],
    ["spaces between a reference and #set go", `${X}$x  #set($b = 2)c`, "Xc"],
    ["spaces before a #set that starts the template go", "  #set($a = 1)b", "b"],
    ["indentation before #set after a plain newline stays", "a\n  #set($a = 1)b", "a\n  b"],
    ["indentation before #set after an eaten newline goes", "#if(true)\n  #set($a = 1)\nb#end", "b"],
    ["indentation before #if stays", "a\n  #if(true)b#end", "a\n  b"],
    ["trailing newlines of the template stay", "a\n\n", "a\n\n"],
    ["a newline after a reference stays", `${X}$x\nb`, "X\nb"],
  ])("%s", (_, template, expected) => {
    expect(render(template)).toBe(expected);
  });
});

describe("comments and verbatim text", () => {
  test.each([
    ["a line comment takes its newline", "a## c\nb", "ab"],
    ["a line comment may end the template", "a ## c", "a "],
    ["a block comment leaves the newline behind it", "a#* c\nc *#\nb", "a\nb"],
    ["a documentation comment", "a#** c *#b", "ab"],
    ["#[[ ]]# is printed as it is", `${X}#[[ $x #set($a = 1) ]]#`, " $x #set($a = 1) "],
    ["## right behind $reference.property is no comment", "$input.body##c", "{}##c"],
    ["## right behind a formal reference is one", "${input.body}##c", "{}"],
  ])("%s", (_, template, expected) => {
    expect(render(template)).toBe(expected);
  });
});

describe("escapes", () => {
  test.each([
    [String.raw`\$x`, "$x"],
    [String.raw`\\$x`, String.raw`\X`],
    [String.raw`\\\$x`, String.raw`\$x`],
    [String.raw`\${x}`, "${x}"],
    [String.raw`\$!x`, "$!x"],
    [String.raw`\$x.length()`, "$x.length()"],
    [String.raw`\#if(true)x\#end`, "#if(true)x#end"],
    [String.raw`\\#if(true)x#end`, String.raw`\x`],
    [String.raw`\#set($x = 1)`, "#set(X = 1)"],
    [String.raw`\\#set($y = 1)z`, String.raw`\\z`],
    [String.raw`\# end`, String.raw`\# end`],
    [String.raw`\\ \a \$ \# \n`, String.raw`\\ \a \$ \# \n`],
    [String.raw`\#unknown`, String.raw`\#unknown`],
  ])("%s prints %s", (template, expected) => {
    expect(render(X + template)).toBe(expected);
  });
});

describe("what only looks like a directive or a reference is text", () => {
  test.each([
    ["Hello $ ", "Hello $ "],
    ["$5.00 US$ a", "$5.00 US$ a"],
    ['<a href="#">', '<a href="#">'],
    ["#13ff93 #ff0000", "#13ff93 #ff0000"],
    ["#ending #iffy #settle", "#ending #iffy #settle"],
    ["#evaluate('$x')", "#evaluate('$x')"],
    ["#parse('a') #include('b')", "#parse('a') #include('b')"],
    ["#macro(hi)hello#end#hi()", "#hi()"],
    ["#hi($x) $x", "#hi($x) X"],
    ["#@hi()$x#end", "#@hi()$x#end"],
  ])("%s", (template, expected) => {
    expect(render(X + template)).toBe(expected);
  });
});

describe("#stop", () => {
  test.each([
    ["hello #stop world", "hello "],
    ["a#{stop}b", "a"],
    ["#if(true)a#stop#end b", "a"],
    ["#foreach($i in [1..3])$i#stop#end b", "1"],
    ["#stopping", "#stopping"],
  ])("%s", (template, expected) => {
    expect(render(template)).toBe(expected);
  });
});

describe("#define", () => {
  test.each([
    ["is rendered where it stands", "#define($d)[$x]#end#set($x = 1)$d#set($x = 2)$d", "[1][2]"],
    ["sees the loop that it stands in", "#define($d)$foreach.index#end#foreach($i in [1..3])$d#end", "012"],
    ["inside itself ends", "#define($d)a$d#end$d", "aa"],
    ["two that contain each other end", "#define($a)a$b#end#define($b)b$a#end$a", "abab"],
    ["is text to #set", "#define($d)a#end#set($e = $d)$e.length()", "1"],
  ])("%s", (_, template, expected) => {
    expect(render(template)).toBe(expected);
  });
});

test.each([
  ["a lone $ at the end", "a$"],
  ["$! at the end", "a$!"],
  ["a lone # at the end", "a#"],
  ["an escaped quote in a string", String.raw`#set($a = "x\"y")`],
  ["an #if without #end", "#if(true)a"],
  ["an #end without block", "a#end"],
  ["an #else without #if", "a#else b"],
  ["an empty condition", "#if()a#end"],
  ["a #set without value", "#set($a)"],
  ["an unclosed reference", "${a"],
  ["an unclosed index", "$a[0"],
  ["a bare null", "#set($a = null)"],
  ["a call with an escaped quote", String.raw`$util.urlEncode("{\"a\":1}")`],
  ["a call with two values and no comma", '$util.urlEncode("a" "b")'],
  ["a call with two words and no comma", "$foo.bar(x y)"],
  ["a call without its parenthesis", '$util.urlEncode("a"'],
  ["a call with white space only", "$input.params( )"],
  ["a call with a comma too many", "$util.urlEncode('a',)"],
  ["a call with an operator", "$util.urlEncode(1 + 2)"],
  ["an unclosed string", "$util.urlEncode('a)"],
  ["a word as index", "$a[b]"],
  ["an empty index", "$a[]"],
  ["an operator as index", "$a[$b + 1]"],
  ["a formal reference with a space", "${a b}"],
  ["a formal call that is malformed", "${a.b(c d)}"],
  ["$true", "a $true"],
  ["a property named true", "$a.true"],
  ["a sign before a reference", "#set($a = -$b)"],
  ["a subtraction without spaces", "#set($a = 1-2)"],
  ["arithmetic in a range", "#set($a = [0..$b - 1])"],
  ["a list in white space", "#set($a = [ ])"],
  ["a list that ends in a comma", "#set($a = [1, ])"],
  ["a map without a value", "#set($a = {'b'})"],
  ["a map whose key is a word", "#set($a = {b: 1})"],
  ["a #set of a literal", "#set('a' = 1)"],
  ["a #set without its parenthesis", "#set($a = 1"],
  ["a #set with a tab before its parenthesis", "#set\t($a = 1)"],
  ["a lone =", "#if($a = 1)b#end"],
  ["an #if without condition", "#if a#end"],
  ["an #elseif behind #else", "#if($a)#else#elseif($b)#end"],
  ["a #foreach without parentheses", "#foreach a#end"],
  ["a #foreach over an expression", "#foreach($i in $a + $b)c#end"],
  ["a #foreach without #end", "#foreach($i in $a)b"],
  ["a #define of nothing", "#define()a#end"],
  ["a #macro without a name", "#macro()a#end"],
  ["a #stop with two arguments", "#stop($a $b)"],
  ["an unknown directive with an expression", "#evaluate($a + 1)"],
  ["an unknown directive without its parenthesis", "#hi($a"],
  ["unclosed verbatim text", "#[[ a"],
  ["a $ that ends the comment that ends the template", "a ## costs $"],
  ["four digits that are none", String.raw`#set($a = "\u00zz")`],
  ["a malformed reference in a string", `#set($a = "$b.c('d'")`],
  ["too deep nesting", `#if(${"(".repeat(100_000)}`],
])("%s is refused", (_, template) => {
  expect(() => parseTemplate(template)).toThrow(MappingTemplateError);
});

test.each([
  ["a\n#set($b = )", "line 2, column 11: expected a value"],
  ['$util.urlEncode("a" "b")', 'line 1, column 21: expected "," or ")", found "\\"b\\")"'],
  ["a\r\nb\r$foo.bar(x y)", 'line 3, column 12: expected "," or ")", found "y)"'],
  ["a $b[c]", "line 1, column 6: expected what may stand in a reference or a directive"],
  ["a\n$", "line 2, column 2: expected more behind $, found the end"],
  ['#set($a =\n "b\n$c.d(e f)")', 'line 3, column 8: expected "," or ")", found "f) "'],
])("a mistake in %j is told by line and column", (template, message) => {
  expect(() => parseTemplate(template)).toThrow(message);
});

describe("as Velocity's lexer has it", () => {
  test.each([
    [
      "a name behind a call is text, and so is nothing of what follows it",
      "$m.get('k')file.json x",
      "vfile x",
    ],
    ["a parenthesis that begins no call", "$m.k.(a) $m.k()", "v.(a) "],
    ["words among arguments have no value", "[$m.put('a', null)$m.a]", "[]"],
    ["a comment may stay open", "a #* b", "a "],
    ["what stands before a comment's $ is lost with it", "$#*a*#b", "b"],
    ["$ and backslashes before a reference are text", String.raw`$$x $\$x #$x`, String.raw`$X $\X #X`],
    ["\\! makes text of a reference", String.raw`$\!x $\\!x`, String.raw`$!x $\!x`],
    ["a map that ends in a reference", "#set($n = {'a': $x})$n.a", "X"],
    ["formal references in a map", "#set($n = {'a': ${x}})$n.a", "X"],
    ["character codes in double quotes", String.raw`#set($a = "\u0041\n")$a`, String.raw`A\n`],
    ["none in single quotes", String.raw`#set($a = '\u0041')$a`, String.raw`\u0041`],
    ["a #foreach with commas and another word", "#foreach($i, of, ['a', 'b'])$i#end", "ab"],
    ["a #foreach over nothing", "a#foreach($i in)b#end", "a"],
    ["a #set over lines", "#set(\n$a\n=\n1\n)$a", "1"],
    ["a #stop in a string", '#if("a#stop b" == "a")c#end d', ""],
    [
      "a #break of an outer loop",
      "#foreach($i in [1, 2])#set($l = $foreach)#foreach($j in [3])$j#break($l)#end#end.",
      "3.",
    ],
    ["a #break in a block", "#define($d)a#break b#end$d c", "a c"],
    ["$. and $[ are text", "$.a $[a] $![0]", "$.a $[a] $![0]"],
    ["a number behind # is text", "#5 #-1.5", "#5 #-1.5"],
    ["a #set behind a reference", `$x#set($a = 1)$a`, "X1"],
  ])("%s", (_, template, expected) => {
    expect(render(`#set($m = {'k': 'v'})${X}${template}`)).toBe(expected);
  });
});

test("no size of what is no template takes more than time in its measure", () => {
  const started = process.cpuUsage();
  for (const part of [
    "\\",
    " ",
    "$",
    "#",
    "${",
    "$a.",
    "#*",
    "'",
    "\n",
    "$a ",
    "#set",
    "#set(",
    "$a.b(",
    "]]",
    "#a (",
    "\\#",
  ]) {
    try {
      parseTemplate(part.repeat(tries(80_000)));
    } catch (error) {
      expect(error).toBeInstanceOf(MappingTemplateError);
    }
  }
  // Of this process alone: other work on the machine does not count.
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(8000);
});
