import fc from "fast-check";
import { MappingTemplateError } from "../../../../aws/velocity/mapping-template-error";
import {
  MappingTemplate,
  type TemplateVariables,
} from "../../../../local/apigateway/template/mapping-template";
import { tries } from "../../../support/tries";

/** Each uses what could outlive a rendering: patterns, caches, maps that it is lent, constants, blocks, loops, limits. */
const PARTS = [
  "$input.body.replaceAll('a', 'b')$input.body.replaceFirst('a', 'b')$input.body.matches('.*a.*')",
  "#foreach($p in $input.body.split('a'))[$p]#end",
  "#set($s = 'x-y')$s.replaceFirst('(?i)[A-Z]', '$0$0')$s.split('-', 1).size()",
  "#set($x = $input.path('$').put('n', 'new'))$input.json('$')",
  "$input.path('$.l').add(9)$input.path('$.l').remove(0)$input.json('$..l')$input.path('$.l').size()",
  "$input.params().header.put('H', 'changed')$input.params('h')$input.params('H')$input.params().header",
  "#set($x = $input.params().querystring.clear())$input.params('q')$input.params().querystring.size()",
  "#set($x = $stageVariables.put('v', 'changed'))$stageVariables.v",
  "$context.put('own', 'a')#set($context.requestId = 'changed')$context.requestId$context.own",
  "#set($context.requestOverride.header.a = [1, {'b': 2}])$context.requestOverride.header.a",
  "$context.responseOverride.header.a#set($context.responseOverride.status = 201)$context.responseOverride.status",
  "#set($l = [1, 2])$l.add(3)$l#set($m = {'a': [1]})$m.a.add(2)$m$m.keySet().remove('a')$m",
  "#define($d)[$d$x]#end#set($x = 1)$d#set($x = 2)$d",
  "#define($d)a#break b#end$d#foreach($i in [1..3])$i$foreach.count#break#end$i$foreach",
  "#foreach($i in [1, 2])#foreach($j in [3])$foreach.parent.index$velocityCount#end#end$velocityCount",
  "$util.parseJson('{\"a\": [1]}').a.add(2)$util.parseJson('{\"a\": [1]}')$util.urlEncode(' a')",
  "#set($n = 1)$n.parseInt('7')$n.class.name$n.MAX_VALUE",
  "$s$x$n$i$d$m$l",
  "$unknown.none()$n.none('a')$input.none()",
  "#macro(hi)a#end#hi()",
  "#set($a = 'a')#foreach($i in [1..40])#set($a = \"$a$a\")#end$a",
  "#foreach($i in [1..1001])#end",
  "#set($l = [])$l.get(0)",
  "#stop",
] as const;

const template = fc
  .array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join("\n"));

interface Outcome {
  readonly text: string;
  readonly context: unknown;
  readonly notes: readonly string[];
}

/** What a rendering leaves for others to see: its text or its mistake, `$context` and the notes. */
function outcome(prepared: MappingTemplate): Outcome {
  const notes = new Set<string>();
  const variables: TemplateVariables = {
    input: {
      body: '{"l": [1, 2], "a": "banana"}',
      params: { path: { p: "1" }, querystring: { q: "2" }, header: { H: "3" } },
    },
    context: { requestId: "r", identity: { sourceIp: "127.0.0.1" } },
    stageVariables: { v: "4" },
    notes,
  };
  let text: string;
  try {
    text = prepared.render(variables);
  } catch (error) {
    if (!(error instanceof MappingTemplateError)) throw error;
    text = `${error.name}: ${error.message}`;
  }
  return { text, context: variables.context, notes: [...notes] };
}

test("a rendering finds nothing that another has left", () => {
  const alone = new Map<string, Outcome>();
  for (const part of PARTS) alone.set(part, outcome(MappingTemplate.parse(part)));
  fc.assert(
    fc.property(template, fc.constantFrom(...PARTS), (first, second) => {
      const [one, other] = [MappingTemplate.parse(first), MappingTemplate.parse(second)];
      const before = outcome(one);
      expect(outcome(other)).toEqual(alone.get(second));
      expect(outcome(one)).toEqual(before);
      expect(outcome(other)).toEqual(alone.get(second));
    }),
    { numRuns: tries(500) },
  );
});
