import { unavailableTemplate } from "../../mapping/unavailable-template";
import { renderedAnswer } from "../support/rendered-answer";

test.each(["", "{}", "<ServiceUnavailable/>", '{"Error":{"Code":"AccessDenied"}}'])(
  "whatever SQS says with a 5xx, the queue is unavailable: %s",
  (body) => {
    const { text, ...overrides } = renderedAnswer(unavailableTemplate(), body);
    expect(overrides).toEqual({ headers: {} });
    expect(JSON.parse(text)).toEqual({
      code: "SERVICE_UNAVAILABLE",
      message: "The queue is not available. Retry later.",
      requestId: "request-1",
    });
  },
);
