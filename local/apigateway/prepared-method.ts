import type { Authorize } from "./authorize";
import type { Backend } from "./backend";
import type { CheckApiKey } from "./check-api-key";
import type { MapRequest } from "./map-request";
import type { MapResponse } from "./map-response";
import type { Throttle } from "./throttle";
import type { ValidateRequest } from "./validate-request";

/** One method of one stage, ready to serve: its templates parsed, its patterns and models compiled. */
export interface PreparedMethod {
  /** A verb or `ANY`. */
  readonly httpMethod: string;
  readonly operationName: string | undefined;
  readonly authorize: Authorize;
  readonly checkApiKey: CheckApiKey;
  readonly throttle: Throttle;
  readonly validateRequest: ValidateRequest;
  readonly mapRequest: MapRequest;
  readonly callBackend: Backend;
  readonly mapResponse: MapResponse;
}
