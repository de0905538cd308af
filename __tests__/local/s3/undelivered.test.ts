import { startSqsEmulator } from "../../../local/sqs/sqs-emulator";
import { LargeStack } from "../../support/large-stack";

test("an object that is stored and that no queue could be told of is told loudly", async () => {
  const sqs = await startSqsEmulator();
  const stack = await LargeStack.start({}, { sqsEndpoint: sqs.endpoint, createQueues: true });
  await sqs.stop();
  const { status, key } = await stack.post("body");
  expect(status).toBe(202);
  expect((await stack.object(key)).status).toBe(200);
  const told = stack.undelivered;
  for (let tries = 0; told.length === 0 && tries < 50; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(told).toEqual([
    expect.stringMatching(
      /^aws_s3_bucket_notification\.n\.queue: NOT DELIVERED: ObjectCreated:Put of large-\w+\/[\w-]+=, which no consumer will hear of \(.*\)\. Send it to the queue yourself: \{"Records":\[.*\]\}$/,
    ),
  ]);
  await stack.close();
});
