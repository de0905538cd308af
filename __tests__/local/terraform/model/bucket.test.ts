import { s3Target } from "../../../../local/terraform/s3-target";
import { readStack } from "../../../../local/terraform/read-stack";
import { largeStack, type LargeStackOptions } from "../../../support/large-stack";

const read = (options: LargeStackOptions = {}, edit: (resource: never) => void = () => undefined) => {
  const document = largeStack(options);
  edit(document.resource as never);
  return readStack({ document, environment: {} });
};

test("a bucket has what AWS would have computed, and its policy and notifications", () => {
  const policy = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "${aws_s3_bucket.b.arn}/*" };
  const [bucket] = read({ bucketPolicy: policy, notification: { filter_suffix: ".png" } }).buckets;
  const name = bucket?.name ?? "";
  expect(name).toMatch(/^large-[a-z\d]{26}$/);
  expect(bucket).toMatchObject({
    address: "aws_s3_bucket.b",
    arn: `arn:aws:s3:::${name}`,
    policy: { Statement: [{ Resource: `arn:aws:s3:::${name}/*` }] },
    notifications: [
      {
        address: "aws_s3_bucket_notification.n.queue",
        queueArn: "arn:aws:sqs:eu-central-1:000000000000:large",
        events: ["s3:ObjectCreated:*"],
        prefix: "",
        suffix: ".png",
      },
    ],
  });
});

test("a name that no bucket can have is refused", () => {
  const edit = (resource: { aws_s3_bucket: object }) => {
    resource.aws_s3_bucket = { b: { bucket: "No_Bucket" } };
  };
  expect(() => read({}, edit)).toThrow(
    'aws_s3_bucket.b.bucket: is no bucket\'s name, got "No_Bucket"; 3 to 63 lower-case letters, digits, - and . are allowed',
  );
});

test("what of a bucket's policy only an apply knows is told", () => {
  const Condition = { StringEquals: { "aws:PrincipalArn": "${random_pet.p.id}" } };
  const policy = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: "${aws_s3_bucket.b.arn}/*",
    Condition,
  };
  expect(read({ bucketPolicy: policy }).notes()).toEqual([
    expect.stringMatching(
      /^aws_s3_bucket\.b\.policy: names stand-in-\w+, which only an apply knows; requests about which that decides are answered 500\.$/,
    ),
    expect.stringMatching(/^random_pet\.p\.id: is known only after an apply; /),
  ]);
});

test.each([
  ["path/orders/{key}", { bucket: "orders", key: "{key}" }],
  ["path/orders/a/b?x=1", { bucket: "orders", key: "a/b", query: "x=1" }],
  ["path/orders", { bucket: "orders" }],
  ["path/orders?list-type=2", { bucket: "orders", query: "list-type=2" }],
  ["path/", {}],
])("the URI …:s3:%s is %j", (resource, target) => {
  expect(s3Target(`arn:aws:apigateway:eu-central-1:s3:${resource}`)).toEqual({
    region: "eu-central-1",
    ...target,
  });
});

test("a URI may have the bucket before the service; an action is none", () => {
  expect(s3Target("arn:aws:apigateway:eu-central-1:orders.s3:path/{key}")).toMatchObject({
    bucket: "orders",
    key: "{key}",
  });
  expect(s3Target("arn:aws:apigateway:eu-central-1:s3:action/GetObject&Bucket=b")).toBeUndefined();
  expect(s3Target("arn:aws:apigateway:eu-central-1:sqs:path/1/q")).toBeUndefined();
});
