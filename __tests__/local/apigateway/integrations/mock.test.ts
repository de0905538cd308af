import { SampleGateway } from "../../../support/sample-gateway";
import { sampleApi, sampleIntegration, sampleMethod, sampleStack } from "../../../support/sample-stack";

describe("a MOCK integration", () => {
  const mock = (template: string) => {
    const requestTemplates = { "application/json": template };
    const integration = sampleIntegration({ type: "MOCK", requestParameters: {}, requestTemplates });
    return new SampleGateway(sampleStack(sampleApi(sampleMethod({ integration }))));
  };

  it.each([
    ['{"statusCode": 200}', 200],
    ["{statusCode: 200}", 200],
    ['{"other": 1, "statusCode": 200}', 200],
    ['{"statusCode": "200"}', 500],
    ["{}", 500],
    ["", 500],
  ])("that says %s gives %d", async (template, status) => {
    expect((await mock(template).send()).status).toBe(status);
  });
});
