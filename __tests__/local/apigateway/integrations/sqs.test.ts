import { SampleGateway, header } from "../../../support/sample-gateway";
import { sampleStack } from "../../../support/sample-stack";

describe("SQS behind a gateway", () => {
  it("that can't be reached is never a success", async () => {
    const answer = await new SampleGateway(sampleStack()).send();
    expect(answer.status).toBe(504);
    expect(header(answer, "x-amzn-ErrorType")).toBe("InternalServerErrorException");
  });

  it("refuses what the integration's role may not do, without a request", async () => {
    const roles = [{ ...sampleStack().roles[0], policies: [] }] as never;
    const answer = await new SampleGateway(sampleStack(undefined, { roles })).send();
    expect(JSON.parse(answer.body.toString())).toMatchObject({
      Error: {
        Code: "AccessDenied",
        Message:
          "Access to the resource https://sqs.eu-central-1.amazonaws.com/123456789012/orders is denied.",
      },
    });
  });
});
