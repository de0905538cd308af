import type { ObjectValue } from "../expression/value";
import { StackError } from "../stack-error";
import { type LoadedModule, type ModuleBlocks, moduleBlocks } from "./module-blocks";
import { planBlocks } from "./plan-blocks";

/** Throws `StackError` if a plan was not made of the configuration that lies beside it. @param file the plan's */
export function refuseOtherConfiguration(file: string, plan: ObjectValue, root: LoadedModule): void {
  const planned = addressesIn(planBlocks(plan), "");
  const written = addressesIn(moduleBlocks(root), "");
  const differences = [
    ...[...planned].filter((address) => !written.has(address)).map((one) => `${one} is in the plan only`),
    ...[...written].filter((address) => !planned.has(address)).map((one) => `${one} is not in the plan`),
  ];
  if (differences.length === 0) return;
  const more = differences.length > SHOWN ? `, and ${differences.length - SHOWN} more` : "";
  throw new StackError({
    address: file,
    wrong: `is the plan of another configuration than that of its folder (${differences.slice(0, SHOWN).join(", ")}${more})`,
    mend: "Plan again, or move the plan elsewhere",
  });
}

/** Differences that a message tells. */
const SHOWN = 3;

/** Addresses of the resources and of the modules; data sources stand also in checks, which only Terraform reads. */
function addressesIn({ resources, calls }: ModuleBlocks, prefix: string): ReadonlySet<string> {
  const own = Array.from(resources.keys(), (address) => `${prefix}${address}`);
  const called = Array.from(calls, ([name, call]) => {
    const address = `${prefix}module.${name}`;
    return [address, ...addressesIn(call.blocks(), `${address}.`)];
  });
  return new Set([...own, ...called.flat()]);
}
