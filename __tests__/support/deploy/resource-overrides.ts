/** Attributes of the stack's resources to be replaced: by type, then by path into the resource. */
export type ResourceOverrides = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * A main.ts that replaces attributes before synthesis, by CDKTF's escape hatch: a change to any part of the stack, made
 * as a developer may make it, whether or not a setting for it exists.
 */
export function mainWithOverrides(main: string, overrides: ResourceOverrides): string {
  const synthesis = "app.synth();";
  if (!main.includes(synthesis)) throw new Error(`main.ts: has no ${synthesis}`);
  const change = `
  for (const resource of app.node.findAll().filter((node) => node instanceof TerraformResource)) {
    const attributes = ${JSON.stringify(overrides)}[resource.terraformResourceType] ?? {};
    for (const [path, value] of Object.entries(attributes)) resource.addOverride(path, value);
  }
  ${synthesis}`;
  return `import { TerraformResource } from "cdktf";\n${main.replace(synthesis, () => change)}`;
}

/** Both, the second over the first. */
export function mergedOverrides(first: ResourceOverrides, second: ResourceOverrides): ResourceOverrides {
  const types = [...new Set([...Object.keys(first), ...Object.keys(second)])];
  return Object.fromEntries(types.map((type) => [type, { ...first[type], ...second[type] }]));
}
