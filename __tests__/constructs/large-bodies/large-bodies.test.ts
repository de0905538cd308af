import { encodedJson, synthesizedAuthStack, synthesizedNoAuthStack } from "../../support/synthesized";

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/3f0c5d1e-0000-4000-8000-000000000000";

const LARGE = { largeBodies: true, encryption: "sqs-managed" } as const;

const STACK = synthesizedNoAuthStack(LARGE);
const BUCKET = `aws_s3_bucket.${STACK.only("aws_s3_bucket").name_in_terraform}`;
const INTEGRATION = STACK.only("aws_api_gateway_integration", /LargePost/);

function statements(policy: unknown): readonly object[] {
  return (encodedJson(policy) as { Statement: object[] }).Statement;
}

test("S3 gets the body under an id that no caller chooses, with the caller's checksum, on which it insists", () => {
  expect(INTEGRATION).toMatchObject({
    type: "AWS",
    integration_http_method: "PUT",
    timeout_milliseconds: 29_000,
    request_parameters: {
      "integration.request.path.key": "context.extendedRequestId",
      "integration.request.header.Content-Type": "method.request.header.Content-Type",
      "integration.request.header.x-amz-checksum-sha256": "method.request.header.x-amz-checksum-sha256",
      "integration.request.header.x-amz-sdk-checksum-algorithm": "'SHA256'",
      "integration.request.header.x-amz-meta-RequestId": "context.requestId",
    },
  });
  expect(INTEGRATION.uri).toContain(`:apigateway:\${var.aws_region_name}:s3:path/\${${BUCKET}.bucket}/{key}`);
});

test("no template and no content handling touch the body", () => {
  expect(INTEGRATION).toMatchObject({ passthrough_behavior: "WHEN_NO_TEMPLATES" });
  expect(INTEGRATION).not.toHaveProperty("request_templates");
  expect(INTEGRATION).not.toHaveProperty("content_handling");
});

test("a request without a checksum is refused before S3 sees it", () => {
  expect(STACK.only("aws_api_gateway_method", /LargePost/)).toMatchObject({
    http_method: "POST",
    request_models: {},
    request_parameters: {
      "method.request.header.Content-Type": false,
      "method.request.header.x-amz-checksum-sha256": true,
    },
  });
  expect(STACK.only("aws_api_gateway_request_validator", /Large/)).toMatchObject({
    validate_request_body: false,
    validate_request_parameters: true,
  });
});

test("every parameter that a mapping reads is declared by the method, as AWS demands", () => {
  const all = synthesizedAuthStack({
    ...LARGE,
    forwardHeaders: ["X-Tenant"],
    forwardQueryParameters: ["shop"],
    forwardAuthorizerKeys: ["principalId"],
    forwardRequestMetadata: ["sourceIp", "requestUrl"],
  });
  const mapped = all.only("aws_api_gateway_integration", /LargePost/).request_parameters as Record<
    string,
    string
  >;
  expect(mapped).toMatchObject({
    "integration.request.header.x-amz-meta-X-Tenant": "method.request.header.X-Tenant",
    "integration.request.header.x-amz-meta-shop": "method.request.querystring.shop",
    "integration.request.header.x-amz-meta-principalId": "context.authorizer.principalId",
    "integration.request.header.x-amz-meta-SourceIp": "context.identity.sourceIp",
  });
  const declared = Object.keys(all.only("aws_api_gateway_method", /LargePost/).request_parameters as object);
  const read = Object.values(mapped).filter((source) => source.startsWith("method."));
  expect(declared).toEqual(expect.arrayContaining(read));
});

test("only S3's 2xx is a success", () => {
  const patterns = Object.entries(STACK.resources("aws_api_gateway_integration_response"))
    .filter(([name]) => name.includes("LargePost"))
    .map(([, { selection_pattern: pattern }]) => pattern);
  expect(patterns.sort()).toEqual(["2\\d{2}", "400", "5\\d{2}", undefined]);
});

test("the bucket is closed, encrypted, owned and emptied", () => {
  expect(STACK.only("aws_s3_bucket_public_access_block")).toMatchObject({
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(STACK.only("aws_s3_bucket_ownership_controls").rule).toEqual({
    object_ownership: "BucketOwnerEnforced",
  });
  expect(STACK.only("aws_s3_bucket_server_side_encryption_configuration").rule).toEqual([
    { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" }, bucket_key_enabled: false },
  ]);
  expect(STACK.only("aws_s3_bucket_lifecycle_configuration").rule).toEqual([
    expect.objectContaining({
      status: "Enabled",
      expiration: [{ days: 15 }],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 1 }],
    }),
  ]);
  expect(statements(STACK.only("aws_s3_bucket_policy").policy)).toEqual([
    {
      Sid: "RefusePlainHttp",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [`\${${BUCKET}.arn}`, `\${${BUCKET}.arn}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
});

test("API Gateway may put bodies there, and nothing else", () => {
  const policy = statements(STACK.only("aws_iam_role_policy", /LargeBodies/).policy);
  expect(policy).toEqual([{ Effect: "Allow", Action: "s3:PutObject", Resource: `\${${BUCKET}.arn}/*` }]);
});

test("a customer's key encrypts bodies, and the role may use it by way of S3 alone", () => {
  const encrypted = synthesizedNoAuthStack({ ...LARGE, largeBodies: { encryptionKeyArn: KEY } });
  expect(encrypted.only("aws_s3_bucket_server_side_encryption_configuration").rule).toEqual([
    {
      apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: KEY },
      bucket_key_enabled: true,
    },
  ]);
  expect(statements(encrypted.only("aws_iam_role_policy", /LargeBodies/).policy)[1]).toMatchObject({
    Action: "kms:GenerateDataKey",
    Resource: KEY,
    Condition: { StringEquals: { "kms:ViaService": expect.stringMatching(/^s3\./) as string } },
  });
});

test("S3 puts pointers into the queue, which lets it do so for this bucket of this account", () => {
  const queue = STACK.only("aws_sqs_queue", /^Queue_[0-9A-F]{8}$/);
  expect(STACK.only("aws_s3_bucket_notification").queue).toEqual([
    { queue_arn: `\${aws_sqs_queue.${queue.name_in_terraform}.arn}`, events: ["s3:ObjectCreated:*"] },
  ]);
  expect(statements(queue.policy)[1]).toMatchObject({
    Sid: "TakePointersToLargeBodies",
    Effect: "Allow",
    Principal: { Service: "s3.amazonaws.com" },
    Action: "sqs:SendMessage",
    Condition: {
      ArnEquals: { "aws:SourceArn": `\${${BUCKET}.arn}` },
      StringEquals: { "aws:SourceAccount": expect.stringContaining("account_id") as string },
    },
  });
  expect(JSON.stringify(STACK.only("aws_sqs_queue", /DeadLetter/))).not.toContain("s3.amazonaws.com");
});

test("the stage serves the method only once all of the bucket is there", () => {
  const { depends_on: needed } = STACK.only("aws_api_gateway_deployment");
  const parts = ["notification", "policy", "server_side_encryption_configuration", "public_access_block"];
  for (const part of parts) {
    expect(needed).toContainEqual(expect.stringMatching(`^aws_s3_bucket_${part}[.]`));
  }
  expect(needed).toContainEqual(expect.stringMatching(/^aws_iam_role_policy[.]LargeBodies/));
});

test("a bucket or a role that is made anew redeploys the API", () => {
  expect(STACK.only("aws_api_gateway_deployment").triggers).toMatchObject({
    large_body_bucket: `\${${BUCKET}.bucket}`,
    large_body_role: expect.stringContaining("LargeBodies_Role") as string,
  });
});

test("binary types hold for the whole API, and JSON stays text", () => {
  const types = { largeBodies: { binaryTypes: ["image/png", "application/pdf"] } };
  expect(synthesizedNoAuthStack({ ...LARGE, ...types }).only("aws_api_gateway_rest_api")).toMatchObject({
    binary_media_types: ["image/png", "application/pdf"],
  });
});

test("a page may send the checksum", () => {
  const crossing = synthesizedNoAuthStack({ ...LARGE, cors: { allowOrigins: ["*"] } });
  expect(
    crossing.only("aws_api_gateway_integration_response", /LargePreflight/).response_parameters,
  ).toMatchObject({
    "method.response.header.Access-Control-Allow-Headers": "'Content-Type,x-amz-checksum-sha256'",
  });
});

test("largeBodies: false makes nothing", () => {
  const without = synthesizedNoAuthStack({ largeBodies: false });
  expect(without.json).toEqual(synthesizedNoAuthStack().json);
  expect(Object.keys(without.json.resource ?? {}).filter((type) => type.startsWith("aws_s3"))).toEqual([]);
});

test("the bucket is guarded with the queue", () => {
  expect(synthesizedNoAuthStack({ ...LARGE, preventDestroy: true }).only("aws_s3_bucket")).toMatchObject({
    lifecycle: { prevent_destroy: true },
  });
});

test("what a day costs at most counts what S3 keeps", () => {
  const settings = { ...LARGE, maxCostPerDay: 20 };
  const rate = (stack: typeof STACK) =>
    (stack.only("aws_api_gateway_method_settings").settings as { throttling_rate_limit: number })
      .throttling_rate_limit;
  const few = rate(synthesizedNoAuthStack(settings));
  // 10 MB for 16 days are 120 millionths of a dollar, 20 times the largest message of SQS.
  expect(few).toBeGreaterThan(1);
  expect(few).toBeLessThan(2);
  const fewer = rate(synthesizedNoAuthStack({ ...settings, largeBodies: { expirationDays: 31 } }));
  expect(fewer / few).toBeCloseTo(17 / 32, 1);
});
