import { LocalStack } from "../support/local-stack";

const TRACE = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1";

interface Document {
  readonly resource: {
    readonly aws_api_gateway_method: Record<string, { request_parameters?: object }>;
    readonly aws_api_gateway_integration: Record<string, { request_parameters?: object; type: string }>;
  };
}

test("a trace id that the integration maps reaches the consumer with the message", async () => {
  const local = await LocalStack.start(
    {},
    {
      edit: ({ resource }: Document) => {
        for (const method of Object.values(resource.aws_api_gateway_method)) {
          method.request_parameters = {
            ...method.request_parameters,
            "method.request.header.X-Amzn-Trace-Id": false,
          };
        }
        for (const integration of Object.values(resource.aws_api_gateway_integration)) {
          if (integration.type !== "AWS") continue;
          integration.request_parameters = {
            ...integration.request_parameters,
            "integration.request.header.X-Amzn-Trace-Id": "method.request.header.X-Amzn-Trace-Id",
          };
        }
      },
    },
  );
  try {
    expect((await local.post("{}", { headers: { "X-Amzn-Trace-Id": TRACE } })).status).toBe(200);
    expect((await local.receive())?.Attributes).toMatchObject({ AWSTraceHeader: TRACE });
  } finally {
    await local.close();
  }
});
