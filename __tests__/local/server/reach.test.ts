import { openApiDocument } from "../../../local/openapi/openapi-document";
import { endpointsOf } from "../../../local/server/endpoints";
import { reachText } from "../../../local/server/reach";
import { readStack } from "../../../local/terraform/read-stack";
import { TWO_WAY_DOCUMENT } from "../../support/two-way-document";

const { restApis } = readStack({ document: TWO_WAY_DOCUMENT, name: "two-way", accountId: "123456789012" });
const [api] = restApis;
if (api === undefined) throw new Error("no API");

test("each method says what it does with which queue or bucket, and whether it wants a body", () => {
  const told = endpointsOf(api, () => "").map(
    ({ method, url, reaches = [], bodiless = false }) =>
      `${method} ${url} ${reachText(reaches)}${bodiless ? ", without a body" : ""}`,
  );
  expect(told.sort()).toEqual([
    "DELETE /sqs deletes from orders",
    "DELETE /sqs/{receiptHandle+} deletes from orders, without a body",
    "GET /sqs receives from orders, without a body",
    "POST /orders sends to orders-high or orders-low",
    "POST /sqs/large puts into the bucket bodies",
    "POST /sqs/visibility changes visibility in orders",
  ]);
});

test("the document tells the shape of what is received, and what an answer means", () => {
  const document = openApiDocument([{ name: "two-way", api, bases: [""] }], []);
  expect(document).toMatchObject({
    paths: {
      "/sqs": {
        get: {
          parameters: [{ name: "count", in: "query", required: false }],
          responses: {
            "200": {
              description: "SQS has given the messages that it found, perhaps none",
              content: {
                "application/json": {
                  schema: {
                    properties: {
                      messages: {
                        type: "array",
                        items: { required: ["messageId", "receiptHandle", "body"] },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
      "/sqs/{receiptHandle}": { delete: { parameters: [{ name: "receiptHandle", in: "path" }] } },
      "/sqs/large": {
        post: {
          description: "API Gateway calls Amazon S3.",
          responses: { "200": { description: "S3 has the body" } },
        },
      },
    },
  });
});
