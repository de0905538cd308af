import fc from "fast-check";

/** Texts that mean something to URL encoding, JSON, mapping templates or HTTP. */
export const HOSTILE_TEXTS: readonly string[] = [
  "x&DelaySeconds=900",
  "x&MessageBody=other&MessageAttribute.1.Name=y",
  "a+b %41 %zz %",
  "=?#;/\\",
  "'\"`",
  "''",
  '""',
  "\r\nX-Injected: 1\r\n\r\n",
  "\n",
  " ",
  " around ",
  "\t",
  "👩‍👩‍👧‍👦 é 你好 \u2028 \ufeff",
  "$input.body",
  "$!input.body ${context.requestId} $util.urlEncode('a')",
  "#set($value = 'x')$value",
  "#if(true)x#end #end #else #stop ## #* *# #[[ ]]#",
  '"); #set($context.responseOverride.status = 200) ("',
  "$value$found$headers$n",
  "${n}.Name=x",
  "$",
  "#",
  "\\$value \\\\#end",
  "{}",
  "{a=b}",
  "[1, 2]",
  "null",
  "false",
  "0",
  "__proto__",
  "constructor",
  "\u0000\u0007\u001f\u007f",
  "Value.StringValue",
  "AWS.SimpleQueueService.",
];

/** Any text of whole characters, which is what UTF-8 can carry; often a hostile one, or made of hostile ones. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom(..."&=+%#$'\"\\{}[]()!.\n\r\t a1é👍") }),
  fc.array(fc.constantFrom(...HOSTILE_TEXTS), { minLength: 1, maxLength: 3 }).map((texts) => texts.join("")),
);
