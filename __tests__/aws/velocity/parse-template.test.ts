import { parseTemplate } from "../../../aws/velocity/parse-template";
import { MappingTemplateError } from "../../../aws/velocity/mapping-template-error";
import { render } from "../../local/vtl/render";

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
])("%s is refused", (_, template) => {
  expect(() => parseTemplate(template)).toThrow(MappingTemplateError);
});

test("a mistake is told by line and column", () => {
  expect(() => parseTemplate("a\n#set($b = )")).toThrow("line 2, column 11: expected a value");
});
