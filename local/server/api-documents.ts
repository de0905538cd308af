import { asyncApiDocument } from "../openapi/asyncapi-document";
import { awsServers, openApiDocument } from "../openapi/openapi-document";
import { stageUrl } from "./endpoints";
import type { MountedStacks } from "./load-stacks";
import type { MountedApi } from "./mount-apis";

/** Where `npm start` serves, unless it is told otherwise. */
const LOCAL_ORIGIN = "http://127.0.0.1:3000";

/** Of one API as it answers on AWS; several have no server in common but the local gateway. */
export function awsOpenApi({ apis }: Pick<MountedStacks, "apis">): object {
  const [only] = apis;
  if (only === undefined || apis.length > 1) return localOpenApi(apis, LOCAL_ORIGIN);
  return openApiDocument([{ name: only.name, api: only.api, bases: [""] }], awsServers(only.api));
}

/** Of APIs as the local gateway serves them: each where its stages answer. */
export function localOpenApi(apis: readonly MountedApi[], origin: string): object {
  const described = apis.map(({ name, prefix, api }) => ({
    name,
    api,
    bases: api.stages.map(stageUrl(api, "", prefix)),
  }));
  return openApiDocument(described, [{ url: origin, description: "The local gateway." }]);
}

/**
 * Of the queues to which the stacks' APIs send.
 * @param endpoint where SQS answers, if not on AWS
 */
export function asyncApi({ models, apis }: MountedStacks, endpoint?: string): object {
  return asyncApiDocument({ apis, queues: models.flatMap(({ queues }) => queues), endpoint });
}
