import { s3Integrations } from "../integrations";
import type { PolicyRule } from "../rule";

/** What a caller writes, or can choose: API Gateway takes a UUID in `x-amzn-RequestId` for the request's id. */
const CALLERS = /^(?:method[.]request[.]|context[.](?:requestId|path)$)/;

export const OBJECT_KEY_IS_NOT_THE_CALLERS: PolicyRule = {
  name: "object-key-is-not-the-callers",
  asks: "No part of a request, and no id that a caller can choose, is the bucket or the key under which an integration puts an object.",
  why: "A caller puts his object in the place of another's that was accepted, or into another bucket.",
  relatives: [],
  here: "The key is `context.extendedRequestId`, which is API Gateway's own.",
  *findings({ resources }) {
    for (const integration of s3Integrations(resources)) {
      const uri = integration.text("uri");
      for (const [key, source] of Object.entries(integration.textMap("request_parameters"))) {
        const name = /^integration[.]request[.]path[.](.+)$/.exec(key)?.[1];
        if (name === undefined || !uri.includes(`{${name}}`) || !CALLERS.test(source)) continue;
        yield { address: integration.address, wrong: `lets the caller choose {${name}} by ${source}` };
      }
      const overrides = Object.values(integration.textMap("request_templates")).some((template) =>
        /requestOverride\b/.test(template),
      );
      if (overrides) yield { address: integration.address, wrong: "overrides where the object goes" };
    }
  },
};
