import type { Canary, RestApi, Stage } from "../terraform/stack-model";
import { splitStage } from "./routing";

/** Chooses what answers a request, by the request's path. */
export type ChooseDeployment<Prepared> = (path: string) => Prepared;

/** What one stage serves. */
interface ServedDeployments<Prepared> {
  readonly deployed: Prepared;
  readonly canary?: { readonly deployed: Prepared; readonly percentTraffic: number };
}

/**
 * Canary releases: a share of a stage's requests, chosen at random, is answered by the canary's deployment, under the canary's variables. By what AWS
 * chooses is not recorded.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
 * @param prepare makes an API ready to serve as a deployment froze it
 */
export function prepareDeployments<Prepared>(
  api: RestApi,
  prepare: (frozen: RestApi) => Prepared,
): ChooseDeployment<Prepared> {
  const current = prepare({ ...api, stages: api.stages.filter(({ baseline }) => baseline === undefined) });
  const apart = api.stages.filter(({ baseline, canary }) => baseline !== undefined || canary !== undefined);
  if (apart.length === 0) return () => current;
  const stages = new Map(
    apart.map((stage): [string, ServedDeployments<Prepared>] => {
      const { name, baseline, canary } = stage;
      return [
        name,
        {
          deployed: baseline === undefined ? current : prepare(frozen(baseline, api, stage)),
          ...(canary && {
            canary: {
              deployed: prepare({ ...api, stages: [canaryStage(stage, canary)] }),
              percentTraffic: canary.percentTraffic,
            },
          }),
        },
      ];
    }),
  );
  return (path) => {
    const { deployed, canary } = stages.get(splitStage(path).stageName) ?? { deployed: current };
    return canary !== undefined && Math.random() * 100 < canary.percentTraffic ? canary.deployed : deployed;
  };
}

function canaryStage(stage: Stage, { deploymentId, stageVariableOverrides }: Canary): Stage {
  return { ...stage, deploymentId, variables: { ...stage.variables, ...stageVariableOverrides } };
}

/** What a deployment does not freeze is as it is now. */
function frozen(baseline: RestApi, { id, idOnAws, domains, usagePlans }: RestApi, stage: Stage): RestApi {
  return { ...baseline, id, idOnAws, domains, usagePlans, stages: [stage] };
}
