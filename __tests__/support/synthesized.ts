import { Testing } from "cdktf";
import { readSettings } from "../../settings/settings";
import { AuthStack, type AuthStackProps } from "../../stacks/auth-stack";
import type { LevelingStackProps } from "../../stacks/leveling-stack";
import { NoAuthStack } from "../../stacks/no-auth-stack";
import type { Params } from "./setting-groups";

type Attributes = Record<string, unknown>;

/** A synthesized stack, for tests to ask. */
export class Synthesized {
  public readonly json: Record<string, Record<string, Record<string, Attributes>>>;

  constructor(text: string) {
    this.json = JSON.parse(text) as typeof this.json;
  }

  /** Every resource of a type, by name. */
  public resources(type: string): Record<string, Attributes> {
    return this.json.resource?.[type] ?? {};
  }

  /** The only resource of a type, or the only one with such a name, with that name. */
  public only(type: string, name = /^/): Attributes & { name_in_terraform: string } {
    const entries = Object.entries(this.resources(type)).filter(([candidate]) => name.test(candidate));
    const [entry] = entries;
    if (!entry || entries.length > 1) throw new Error(`${entries.length} resources of type ${type}`);
    return { ...entry[1], name_in_terraform: entry[0] };
  }
}

const PROPS: LevelingStackProps = {
  awsRegionName: "eu-central-1",
  storageSqsQueueName: "orders",
  backend: { type: "local", arguments: { path: "{stack}.tfstate" } },
};

export function synthesizedAuthStack(props: Partial<AuthStackProps> = {}): Synthesized {
  const authorizerLambdaArn = "arn:aws:lambda:eu-central-1:123456789012:function:token-authorizer";
  return new Synthesized(
    Testing.synth(new AuthStack(Testing.app(), "auth-stack", { ...PROPS, authorizerLambdaArn, ...props })),
  );
}

export function synthesizedNoAuthStack(props: Partial<LevelingStackProps> = {}): Synthesized {
  return new Synthesized(
    Testing.synth(new NoAuthStack(Testing.app(), "no-auth-stack", { ...PROPS, ...props })),
  );
}

/** `auth-stack` as `cdktf.json` makes it with these settings, beside an open stack. */
export function synthesizedWithSettings(settings: Params): Synthesized {
  const context = {
    params: { aws_region_name: "eu-central-1", storage_sqs_queue_name: "orders" },
    "auth-stack": settings,
    "no-auth-stack": { storage_sqs_queue_name: "open-orders" },
  };
  return synthesizedAuthStack(readSettings(context, {}).authStack);
}

/** The value of Terraform's `jsonencode(…)`; what only Terraform knows stands in it as `${…}`. */
export function encodedJson(text: unknown): unknown {
  const [, hcl = ""] = /^\$\{jsonencode\((.*)\)\}$/s.exec(String(text)) ?? [];
  const json = hcl.replace(/"(?:[^"\\]|\\.)*"| = |\b[a-z]\w*(?:\.\w+)+/g, (token) => {
    if (token === " = ") return ": ";
    return token.startsWith('"') ? token : JSON.stringify(`\${${token}}`);
  });
  return JSON.parse(json);
}
