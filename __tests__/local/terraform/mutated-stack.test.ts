import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import fc from "fast-check";
import { HandlerModuleInvoker } from "../../../local/lambda/handler-module-invoker";
import { SqsService } from "../../../local/sqs/sqs-service";
import { Gateway } from "../../../local/apigateway/gateway";
import { functionTable } from "../../../local/terraform/expression/functions/function-table";
import { readStack } from "../../../local/terraform/read-stack";
import { SynthesizedProject } from "../../support/synthesized-project";
import { CDKTF_DOCUMENT } from "../../support/cdktf-document";
import { PLAIN_DOCUMENT } from "../../support/plain-document";
import { tries } from "../../support/tries";

jest.setTimeout(60_000);

const RUNS = tries(2000);

/** `SEED=<number>` makes the mutations of a failure again. */
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

/** Milliseconds that no stack of this size takes, on a busy machine either. */
const PATIENCE = 1000;

type Json = Record<string, unknown>;

const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(
      "1",
      "-0.5",
      "1e999",
      "null",
      "true",
      '""',
      '"(a+)+$"',
      '"%999999d"',
      "[]",
      "{}",
      "var.aws_region_name",
      "local.prefix",
      "each.key",
      "count.index",
      "aws_sqs_queue.Queue",
      "aws_sqs_queue.Queue.nothing",
      "self.id",
    ),
    fc
      .tuple(
        fc.constantFrom("nothing", "try", "can", ...functionTable(__dirname).keys()),
        fc.array(tie("expression"), { maxLength: 3 }),
        fc.constantFrom("", "..."),
      )
      .map(([name, given, spread]) => `${name}(${given.join(", ")}${given.length > 0 ? spread : ""})`),
    fc.tuple(tie("expression"), tie("expression")).map(([key, value]) => `{ (${key}) = ${value} }`),
    fc.tuple(tie("expression"), tie("expression")).map(([a, b]) => `[for k, v in ${a} : ${b}]`),
    fc
      .tuple(tie("expression"), fc.constantFrom("+", "%", "==", "&&", "? 1 :", "[", "."), tie("expression"))
      .map(([a, operator, b]) => `${a} ${operator} ${b}`),
    fc.string(),
  ),
}));

const deep = Array.from({ length: 5000 }).reduce<unknown>((inner) => [inner], 1);

const anyValue = fc.oneof(
  expression.map((text) => `\${${text}}`),
  fc.string({ unit: "binary" }),
  fc.constantFrom<unknown>(
    null,
    0,
    -1,
    1e308,
    true,
    [],
    {},
    [[1]],
    { a: {} },
    "__proto__",
    "constructor",
    "${".repeat(2000),
    `\${${"(".repeat(5000)}`,
    "a".repeat(100_000),
    `\${regex("(a+)+$", "${"a".repeat(1000)}b")}`,
    deep,
  ),
);

const mutation = fc.record({
  /** Which place: there are fewer than this. */
  at: fc.nat({ max: 1_000_000 }),
  what: fc.oneof(
    { weight: 6, arbitrary: anyValue.map((value) => ({ value })) },
    { weight: 1, arbitrary: fc.constant({ removed: true }) },
    { weight: 1, arbitrary: expression.map((text) => ({ renamed: `\${${text}}` })) },
  ),
});

type Mutation = typeof mutation extends fc.Arbitrary<infer Value> ? Value : never;

const PATHS = new WeakMap<object, readonly (readonly string[])[]>();

function pathsIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, item]) => pathsIn(item, [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

function mutated(document: object, { at, what }: Mutation): Json {
  const places = PATHS.get(document) ?? pathsIn(document);
  PATHS.set(document, places);
  const path = places[at % places.length] ?? [];
  const copy = structuredClone(document) as Json;
  const parent = path.slice(0, -1).reduce((part, key) => part[key] as Json, copy);
  const key = path.at(-1) ?? "";
  const value = parent[key];
  if ("value" in what) parent[key] = what.value;
  else Reflect.deleteProperty(parent, key);
  if ("renamed" in what) parent[what.renamed] = value;
  return copy;
}

const SERVICES = {
  sqs: new SqsService({ endpoint: "http://127.0.0.1:9", region: "eu-central-1" }),
  invoker: new HandlerModuleInvoker({}),
};

/** A Terraform address, or the file, at the start of a message. */
const PLACE = /^(?:document|(?:var|local|provider|data|[a-z][a-z\d_]*)\.\S.*?): \S/;

/** What is wrong with how a stack is served or refused. */
function faultOf(document: Json): string | undefined {
  const started = performance.now();
  try {
    const stack = readStack({ document, name: "s", environment: {} });
    for (const api of stack.restApis) new Gateway(stack, api, SERVICES);
  } catch (error) {
    if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) {
      return String((error as Error).stack);
    }
    const lost = error.message.split("\n").find((line) => !PLACE.test(line));
    if (lost !== undefined) return `no address: ${lost}`;
  }
  const took = performance.now() - started;
  return took > PATIENCE ? `took ${took} ms` : undefined;
}

describe(`a stack with a random mistake is served, or told with its place (seed ${seed})`, () => {
  const project = new SynthesizedProject({
    params: { batch: true, cors: { allow_origins: ["https://a.example"] } },
  });
  const synthesized = JSON.parse(
    readFileSync(join(project.stack("no-auth-stack"), "cdk.tf.json"), "utf8"),
  ) as object;
  project.remove();

  it.each<[string, object, number]>([
    ["synthesized", synthesized, RUNS / 2],
    ["like CDKTF's", CDKTF_DOCUMENT, RUNS / 4],
    ["written by hand", PLAIN_DOCUMENT, RUNS / 4],
  ])("%s", (_, document, count) => {
    const faults = fc.sample(mutation, { numRuns: count, seed }).flatMap((change) => {
      const fault = faultOf(mutated(document, change));
      return fault === undefined
        ? []
        : [{ fault: fault.slice(0, 1500), change: inspect(change).slice(0, 500) }];
    });
    expect(faults.slice(0, 3)).toEqual([]);
  });
});
