import { settingMessage } from "./setting-message";
import type { SettingMistake } from "./settings-error";

/** A state backend as in Terraform's own JSON: its type and its arguments, in which `{stack}` stands for the stack. */
export interface Backend {
  readonly type: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** What a backend type needs to keep the states of two stacks apart, and what it must not be given. */
interface BackendType {
  /** The argument that says where in the store the state lies, and its default. */
  readonly location: { readonly path: readonly string[]; readonly default?: string };
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Arguments that hold secrets: they would end in the synthesized JSON. */
  readonly secrets: readonly string[];
}

const BACKEND_TYPES: Readonly<Record<string, BackendType>> = {
  local: { location: { path: ["path"], default: "../../../terraform.{stack}.tfstate" }, secrets: [] },
  s3: {
    location: { path: ["key"], default: "queue-leveling/{stack}/terraform.tfstate" },
    defaults: { encrypt: true, use_lockfile: true },
    secrets: ["access_key", "secret_key", "token", "sse_customer_key"],
  },
};

/** Reads `context.backend`: one key, the backend's type, with its arguments. Adds what is wrong to `mistakes`. */
export function readBackend(setting: Readonly<Record<string, unknown>>, mistakes: SettingMistake[]): Backend {
  const [type = "", ...others] = Object.keys(setting);
  const backendType = Object.hasOwn(BACKEND_TYPES, type) ? BACKEND_TYPES[type] : undefined;
  if (others.length > 0 || !backendType) {
    mistakes.push({
      setting: "backend",
      message: settingMessage(
        "is not one backend that Terraform knows",
        Object.keys(setting),
        `exactly one of ${Object.keys(BACKEND_TYPES).join(", ")}`,
        'Write for example "backend": { "s3": { "bucket": "my-terraform-states", "region": "eu-central-1" } }.',
      ),
    });
    return { type: "local", arguments: {} };
  }
  return { type, arguments: readArguments(type, backendType, setting[type], mistakes) };
}

function readArguments(
  type: string,
  { location, defaults, secrets }: BackendType,
  given: unknown,
  mistakes: SettingMistake[],
): Record<string, unknown> {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    mistakes.push({
      setting: `backend.${type}`,
      message: settingMessage(
        "is not an object",
        given,
        "the backend's arguments",
        `Write "${type}": { … }.`,
      ),
    });
    return {};
  }
  const [locationName = ""] = location.path;
  const args = {
    ...(location.default === undefined ? {} : { [locationName]: location.default }),
    ...defaults,
    ...given,
  };
  mistakes.push(...secretsGiven(type, args, secrets), ...sharedLocation(type, args, locationName));
  return args;
}

function secretsGiven(type: string, args: object, secrets: readonly string[]): SettingMistake[] {
  return secrets
    .filter((name) => name in args)
    .map((name) => ({
      setting: `backend.${type}.${name}`,
      message: settingMessage(
        "is a credential",
        "a value that is not shown",
        "no credentials, since the settings end in the synthesized JSON",
        "Give it by the backend's environment variables or by terraform init -backend-config.",
      ),
    }));
}

function sharedLocation(
  type: string,
  args: Readonly<Record<string, unknown>>,
  name: string,
): SettingMistake[] {
  const location = args[name];
  if (typeof location === "string" && location.includes("{stack}")) return [];
  return [
    {
      setting: `backend.${type}.${name}`,
      message: settingMessage(
        "is the same for both stacks",
        location,
        "a text with {stack} in it, so that each stack has a state of its own",
        `Write for example "${name}": "states/{stack}.tfstate".`,
      ),
    },
  ];
}
