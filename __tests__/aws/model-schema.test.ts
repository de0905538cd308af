import { modelSchemaFaults } from "../../aws/model-schema";

test.each<[unknown, string]>([
  [{ requird: [] }, "at /requird: is a keyword that API Gateway refuses"],
  [{ properties: { a: { example: 1 } } }, "at /properties/a/example: is a keyword"],
  [{ properties: { a: { if: {} } } }, "at /properties/a/if: is a keyword"],
  [{ patternProperties: { "^a": { nullable: true } } }, "at /patternProperties/^a/nullable: is a keyword"],
  [{ allOf: [{ contains: {} }] }, "at /allOf/0/contains: is a keyword"],
  [{ anyOf: [{}, { $defs: {} }] }, "at /anyOf/1/$defs: is a keyword"],
  [{ items: [{ $id: "x" }] }, "at /items/0/$id: is a keyword"],
  [{ items: { xml: {} } }, "at /items/xml: is a keyword"],
  [{ not: { const: 1 } }, "at /not/const: is a keyword"],
  [{ additionalProperties: { const: 1 } }, "at /additionalProperties/const: is a keyword"],
  [{ additionalItems: { const: 1 } }, "at /additionalItems/const: is a keyword"],
  [{ definitions: { a: { const: 1 } } }, "at /definitions/a/const: is a keyword"],
  [{ dependencies: { a: { const: 1 } } }, "at /dependencies/a/const: is a keyword"],
  [{ $ref: "https://example.com/order.json" }, "at /$ref: is not draft 4"],
  [{ properties: { a: { $ref: "order.json#/a" } } }, "at /properties/a/$ref: is not draft 4"],
  [{ enum: [1, 2, 1] }, "at /enum: is not draft 4, got [1,2,1]; it must NOT have duplicate items"],
  [{ enum: [] }, "at /enum: is not draft 4"],
  [{ required: [] }, "at /required: is not draft 4"],
  [{ required: true }, "at /required: is not draft 4, got true; it must be array."],
  [{ maxLength: "35" }, 'at /maxLength: is not draft 4, got "35"; it must be integer.'],
  [{ type: "strnig" }, 'at /type: is not draft 4, got "strnig"; it must be one of array, boolean, integer'],
  [
    { exclusiveMaximum: true },
    "at /exclusiveMaximum: is not draft 4, got true; it must have property maximum",
  ],
  [{ not: true }, "at /not: is not draft 4, got true; it must be object."],
  [{ pattern: "[" }, "at /pattern: is not draft 4"],
  [{ patternProperties: { "[": {} } }, "at /patternProperties: is not draft 4"],
  [5, "at /: is not draft 4, got 5"],
  [[], "at /: is not draft 4, got []"],
])("API Gateway refuses the model %j", (schema, message) => {
  expect(modelSchemaFaults(schema)).toEqual([expect.stringContaining(message)]);
});

test("every place is told once", () => {
  expect(modelSchemaFaults({ requird: [], properties: { a: { type: [] } } })).toEqual([
    expect.stringContaining("at /requird:"),
    expect.stringContaining("at /properties/a/type:"),
  ]);
});

test.each<[object]>([
  [{}],
  [
    {
      type: "object",
      properties: { if: { type: "string" }, const: {}, $ref: {} },
      additionalProperties: false,
    },
  ],
  [{ enum: [{ const: 1 }], default: { nullable: true } }],
  [{ title: "a", description: "b", id: "http://example.com/a", format: "date-time", definitions: {} }],
  [{ $schema: "http://json-schema.org/draft-07/schema#" }],
  [{ minimum: 1, exclusiveMinimum: true, type: ["string", "null"], dependencies: { a: ["b"] } }],
  [{ definitions: { a: {} }, items: { $ref: "#/definitions/a" }, oneOf: [{ $ref: "#" }] }],
  [{ $ref: "https://apigateway.amazonaws.com/restapis/abc123/models/Item" }],
  [{ pattern: "^[\\w\\-]+\\@$" }],
])("API Gateway takes the model %j", (schema) => {
  expect(modelSchemaFaults(schema)).toEqual([]);
});
