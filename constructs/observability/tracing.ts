import * as v from "valibot";
import { flag } from "../schema";

/** Settings of traces. */
export const TRACING_SETTINGS = {
  /**
   * X-Ray records a sample of the requests, by default one a second and 5 % of the others, for about 5 dollars a million; 100,000 a month
   * are free. Their ids are in the access log. The function of `authorizerFunctionFolder` is traced, too.
   */
  xrayTracing: v.optional(flag("trace requests with X-Ray"), false),
};
