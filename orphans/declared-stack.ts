import { STACK_TAG } from "../aws/own-resources";
import { mistakeText } from "../errors/mistake";
import { StackError } from "../local/terraform/stack-error";
import { loadStack } from "../local/terraform/load-stack";
import { readResources } from "../local/terraform/read-stack";
import type { TerraformResource } from "../local/terraform/terraform-resource";

/** What a stack's Terraform JSON says, read without Terraform. */
export interface DeclaredStack {
  readonly folder: string;
  /** Value of the tag: the stack's name with its environment. */
  readonly tag: string;
  readonly region: string | undefined;
  ofType(type: string): readonly TerraformResource[];
}

/** As far as it matters here. */
interface Document {
  readonly provider?: { readonly aws?: readonly AwsProvider[] };
}

interface AwsProvider {
  readonly default_tags?: readonly { readonly tags?: Readonly<Record<string, unknown>> }[];
}

/** @throws Error where the stack says no tag; StackError where it can't be read */
export async function declaredStack(folder: string): Promise<DeclaredStack> {
  const loaded = await loadStack(folder);
  const { documents, resources } = readResources({ loaded, sensitiveStandIn: "unknown" });
  const tag = documents
    .flatMap(({ content }) => (content as Document).provider?.aws ?? [])
    .flatMap(({ default_tags: all = [] }) => all)
    .map(({ tags }) => tags?.[STACK_TAG])
    .find((value) => typeof value === "string");
  if (tag === undefined) throw untagged(folder);
  const ofType = (type: string) => resources.ofType(type);
  const [region] = ofType("terraform_data").flatMap((data) => said(data, "input") ?? []);
  return { folder, tag, region, ofType };
}

/** An attribute's text, made up where only AWS would know it; undefined where it is absent or can't be worked out. */
export function said(resource: TerraformResource, attribute: string): string | undefined {
  try {
    return resource.text(attribute);
  } catch (error) {
    if (error instanceof StackError) return undefined;
    throw error;
  }
}

function untagged(folder: string): Error {
  return new Error(
    mistakeText({
      where: folder,
      wrong: `has no default tag ${STACK_TAG}`,
      got: "none",
      allowed: "auth-stack, no-auth-stack, and stacks that tag theirs alike",
      mend: "Run npm run synth, or name another stack.",
    }),
  );
}
