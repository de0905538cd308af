import { AwsSigner, isAwsEndpoint } from "../../aws/aws-signer";

test.each([
  ["https://sqs.eu-west-1.amazonaws.com", true],
  ["https://sqs.cn-north-1.amazonaws.com.cn", true],
  ["http://localhost:4566", false],
  ["https://amazonaws.com.example.org", false],
  ["https://notamazonaws.com", false],
])("isAwsEndpoint(%s): %s", (endpoint, expected) => {
  expect(isAwsEndpoint(endpoint)).toBe(expected);
});

test("signs body and headers for service and region", async () => {
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "session" };
  const signer = new AwsSigner("sqs", () => Promise.resolve(credentials));
  const request = {
    endpoint: new URL("https://sqs.eu-west-1.amazonaws.com"),
    path: "/",
    headers: { "x-amz-target": "AmazonSQS.SendMessage" },
  };
  const [one, two] = [
    await signer.sign({ ...request, body: "a" }, "eu-west-1"),
    await signer.sign({ ...request, body: "b" }, "eu-west-1"),
  ];
  expect(one.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/sqs\/aws4_request, SignedHeaders=[^,]*x-amz-target[^,]*, Signature=[\da-f]{64}$/,
  );
  expect(one).toMatchObject({ "x-amz-security-token": "session", "x-amz-target": "AmazonSQS.SendMessage" });
  expect(one["x-amz-content-sha256"]).not.toBe(two["x-amz-content-sha256"]);
});
