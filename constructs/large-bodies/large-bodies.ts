import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import type { Construct } from "constructs";
import { CHECKSUM_HEADER } from "../../mapping/large-body-templates";
import type { MessageAttribute } from "../../mapping/message-attributes";
import { addPreflight } from "../api/cors-preflight";
import { type Cors, crossOrigin, type HeaderSettings } from "../api/cors";
import { RequestValidation, VALIDATION_SETTINGS } from "../api/request-validation";
import type { RestApiReference } from "../api/target-api";
import type { Authorization } from "../authorizer/authorization";
import type { AwsLocation } from "../aws-location";
import { type Checked, part } from "../setting";
import type { LargeBodyBucket } from "./large-body-bucket";
import { LargeBodyMethod } from "./large-body-method";

/** Props of {@link addLargeBodies}. */
export interface LargeBodiesProps {
  readonly restApi: RestApiReference;
  readonly location: AwsLocation;
  /** Where the bodies go, whose notifications reach the queue. */
  readonly bucket: LargeBodyBucket;
  /**
   * What protects the method, already attached to the API.
   * @default - the method is open
   */
  readonly authorizer?: Authorization | undefined;
  readonly apiKeyRequired: boolean;
  /** What is kept with a body. */
  readonly attributes: readonly MessageAttribute[];
  readonly settings: Checked<typeof VALIDATION_SETTINGS> &
    HeaderSettings & { readonly cors: Cors | undefined };
}

/** Adds `large` below a resource, with a `POST` that stores bodies. */
export function addLargeBodies(
  scope: Construct,
  parent: ApiGatewayResource,
  { restApi, settings, ...props }: LargeBodiesProps,
): void {
  const { authorizer } = props;
  const resource = new ApiGatewayResource(scope, "LargeResource", {
    restApiId: parent.restApiId,
    parentId: parent.id,
    pathPart: "large",
  });
  new LargeBodyMethod(scope, "LargePost", {
    ...props,
    resource,
    validation: new RequestValidation(scope, "LargeValidation", {
      restApi,
      settings: {
        ...part(VALIDATION_SETTINGS, settings),
        // A body is not parsed, whatever its content type.
        requestSchema: {},
        requiredHeaders: [...settings.requiredHeaders, CHECKSUM_HEADER],
      },
    }),
    crossOrigin: crossOrigin(settings.cors),
  });
  addPreflight(scope, "LargePreflight", { resource, verbs: ["POST"], settings, authorizer });
}
