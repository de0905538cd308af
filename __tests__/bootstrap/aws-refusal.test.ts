import { S3ServiceException } from "@aws-sdk/client-s3";
import { explained } from "../../bootstrap/aws-refusal";

test("a mistake of this program's is not told as AWS's", async () => {
  const mistake = new TypeError("statements.some is not a function");
  await expect(explained(Promise.reject(mistake))).rejects.toBe(mistake);
});

test("who may not do a call is told all actions, and how to name a bucket without them", async () => {
  const denied = new S3ServiceException({
    name: "AccessDenied",
    message: "no",
    $fault: "client",
    $metadata: { httpStatusCode: 403 },
  });
  await expect(explained(Promise.reject(denied))).rejects.toThrow(
    /got AccessDenied: no; .* s3:CreateBucket, s3:ListBucket, .*s3:PutEncryptionConfiguration, .*s3:PutLifecycleConfiguration[.] .* by hand, as backend[.]s3[.]bucket[.]$/,
  );
});
