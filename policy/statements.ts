import type { PolicyDocument, PolicyStatement } from "../aws/policy-document";

/** The statements of a policy that have this effect. */
export function statements(
  { Statement }: PolicyDocument,
  effect: PolicyStatement["Effect"],
): readonly PolicyStatement[] {
  return [Statement].flat().filter(({ Effect }) => Effect === effect);
}

/** One text, several, or none, as a list. */
export function texts(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : [value].flat();
}

/** A condition's values, whatever its operator: by the key, in lower case. */
export function conditionKeys({ Condition = {} }: PolicyStatement): readonly string[] {
  return Object.values(Condition).flatMap((keys) => Object.keys(keys).map((key) => key.toLowerCase()));
}
