import { inspect } from "node:util";
import fc from "fast-check";
import { stringify } from "yaml";
import { readResources, readStack } from "../../../../local/terraform/read-stack";
import { StackError } from "../../../../local/terraform/stack-error";
import { bodyStack } from "../../../support/body-stack";
import { exportedBody } from "../../../support/exported-body";
import { synthesizedAuthStack } from "../../../support/synthesized";
import { tries } from "../../../support/tries";

jest.setTimeout(60_000);

const RUNS = tries(2000);

/** `SEED=<number>` makes the mutations of a failure again. */
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

type Json = Record<string, unknown>;

const { json } = synthesizedAuthStack({
  apiKeys: ["partner"],
  cors: { allowOrigins: ["https://app.example.com"] },
  requestSchema: { "application/json": { type: "object", properties: { a: { type: "string" } } } },
});
const BODY: Json = {
  ...exportedBody(readResources({ document: json, environment: {} }).resources),
  security: [{ Key: [] }],
  servers: [{ url: "https://example.com/base" }],
  "x-amazon-apigateway-endpoint-configuration": { vpcEndpointIds: ["vpce-1"] },
};

const anyValue = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, true, 0, -1, 1e999, "", "x", "{", [], {}, [null], [[]], { $ref: "#/paths" }, { $ref: "#" }],
    ...[{ $ref: 1 }, { $ref: "#/components/schemas/%" }, { "": {} }, { type: {} }, { default: null }],
  ),
  fc.jsonValue(),
);

/** Where in the document, as numbers that choose among the keys of each level. */
const place = fc.array(fc.nat(30), { minLength: 1, maxLength: 9 });

function mutated(value: unknown, [first, ...others]: readonly number[], other: unknown): unknown {
  if (first === undefined || typeof value !== "object" || value === null) return other;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Json;
  const keys = Object.keys(copy);
  const key = keys[first % Math.max(keys.length, 1)] ?? "0";
  copy[key] = mutated(copy[key], others, other);
  return copy;
}

/** Throws for any end but a served or a refused stack. */
function read(text: string, basepath: string): void {
  try {
    readStack({ document: bodyStack(text, { parameters: { basepath } }), environment: {} });
  } catch (error) {
    if (!(error instanceof StackError)) throw new Error(inspect(error), { cause: error });
    expect(error.problems.filter(({ address }) => address === "")).toEqual([]);
  }
}

test("a document with something else in it is served or refused by address", () => {
  fc.assert(
    fc.property(
      place,
      anyValue,
      fc.boolean(),
      fc.constantFrom("ignore", "split"),
      (at, other, isYaml, base) => {
        const body = mutated(BODY, at, other);
        read(isYaml ? stringify(body) : JSON.stringify(body), base);
      },
    ),
    { numRuns: RUNS, seed },
  );
});

test("any text is refused by address", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(() => readStack({ document: bodyStack(`${text} `), environment: {} })).toThrow(StackError);
    }),
    { numRuns: RUNS, seed },
  );
});

const NESTED = `{"openapi":"3.0.1","paths":{},"x":${"[".repeat(5000)}${"]".repeat(5000)}}`;

test.each([NESTED, "[".repeat(20_000), "{a: ".repeat(20_000), `a: &a [x]\nb: [${"*a,".repeat(5000)}]`])(
  "a text that is nested or grows too much is refused",
  (text) => {
    expect(() => readStack({ document: bodyStack(text), environment: {} })).toThrow(StackError);
  },
);
