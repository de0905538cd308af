import type { PolicyStatement } from "../../../aws/policy-document";
import { SampleGateway } from "../../support/sample-gateway";
import { policy, SAMPLE, sampleApi, sampleStack } from "../../support/sample-stack";

const OK = { status: 200, headers: [], body: '{"accepted":true}' };

describe("a resource policy", () => {
  const guarded = (statement: PolicyStatement) =>
    new SampleGateway(
      sampleStack(
        sampleApi(undefined, {
          policy: policy({ Principal: "*", Action: "execute-api:Invoke", ...statement }),
        }),
      ),
      { backend: OK },
    );

  it("lets in whom it allows", async () => {
    const answer = await guarded({ Effect: "Allow", Resource: "execute-api:/prod/POST/orders" }).send();
    expect(answer.status).toBe(200);
  });

  it("masks the account where it allows nothing", async () => {
    const answer = await guarded({ Effect: "Allow", Resource: "execute-api:/dev/*" }).send();
    expect(answer.body).toBe(
      '{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-central-1:********9012:api1/prod/POST/orders"}',
    );
  });

  it("denies by address", async () => {
    const answer = await guarded({
      Effect: "Deny",
      Resource: `${SAMPLE.executionArn}/*`,
      Condition: { IpAddress: { "aws:SourceIp": "127.0.0.0/8" } },
    }).send();
    expect(answer.status).toBe(403);
    expect(answer.body.toString()).toMatch(/with an explicit deny"\}$/);
  });
});
