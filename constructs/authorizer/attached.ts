import type { IConstruct } from "constructs";

/** What an authorization has made for its API. Throws before it is attached. */
export function attached<T>(authorization: IConstruct, made: T | undefined): T {
  if (made !== undefined) return made;
  throw new Error(`${authorization.node.path}: is not attached to a REST API. Call attachTo first.`);
}

/** Throws if an authorization is attached already. */
export function refuseSecondApi(authorization: IConstruct, made: unknown): void {
  if (made === undefined) return;
  throw new Error(
    `${authorization.node.path}: is attached to a REST API already. Make one authorizer for each API.`,
  );
}
