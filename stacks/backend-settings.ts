import { settingMessage } from "./setting-message";
import type { SettingMistake } from "./settings-error";

/** A state backend as in Terraform's own JSON: its type and its arguments, in which `{stack}` stands for the stack. */
export interface Backend {
  readonly type: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** What a backend type needs to keep the states of two stacks apart, and what it must not be given. */
interface BackendType {
  /** Path to the argument that says where in the store the state lies. */
  readonly location: readonly string[];
  /** Absent: there is none to guess. */
  readonly defaultLocation?: string;
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Arguments that hold secrets: they would end in the synthesized JSON. */
  readonly secrets: readonly string[];
}

/**
 * Every backend of Terraform 1.5 and newer.
 * @see https://developer.hashicorp.com/terraform/language/backend
 */
const BACKEND_TYPES: Readonly<Record<string, BackendType>> = {
  local: { location: ["path"], defaultLocation: "../../../terraform.{stack}.tfstate", secrets: [] },
  s3: {
    location: ["key"],
    defaultLocation: "queue-leveling/{stack}/terraform.tfstate",
    defaults: { encrypt: true },
    secrets: ["access_key", "secret_key", "token", "sse_customer_key"],
  },
  gcs: {
    location: ["prefix"],
    defaultLocation: "queue-leveling/{stack}",
    secrets: ["credentials", "access_token", "encryption_key"],
  },
  azurerm: {
    location: ["key"],
    defaultLocation: "queue-leveling/{stack}.tfstate",
    secrets: ["access_key", "sas_token", "client_secret", "client_certificate_password", "oidc_token"],
  },
  http: { location: ["address"], secrets: ["password", "client_private_key_pem"] },
  pg: { location: ["schema_name"], defaultLocation: "{stack}", secrets: [] },
  consul: { location: ["path"], defaultLocation: "queue-leveling/{stack}", secrets: ["access_token"] },
  cos: {
    location: ["prefix"],
    defaultLocation: "queue-leveling/{stack}",
    secrets: ["secret_id", "secret_key", "security_token"],
  },
  oss: {
    location: ["prefix"],
    defaultLocation: "queue-leveling/{stack}",
    secrets: ["access_key", "secret_key", "security_token"],
  },
  kubernetes: {
    location: ["secret_suffix"],
    defaultLocation: "{stack}",
    secrets: ["token", "password", "client_key", "client_certificate"],
  },
  remote: { location: ["workspaces", "name"], defaultLocation: "{stack}", secrets: ["token"] },
  cloud: { location: ["workspaces", "name"], defaultLocation: "{stack}", secrets: ["token"] },
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
  backendType: BackendType,
  given: unknown,
  mistakes: SettingMistake[],
): Record<string, unknown> {
  if (!isGroup(given)) {
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
  const args = withDefaultLocation(
    { ...backendType.defaults, ...lockingDefault(type, given), ...given },
    backendType,
  );
  mistakes.push(
    ...secretsGiven(type, args, backendType.secrets),
    ...passwordInUrl(type, args),
    ...sharedLocation(type, args, backendType.location),
  );
  return args;
}

type Group = Readonly<Record<string, unknown>>;

function isGroup(value: unknown): value is Group {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** S3's own lock file, where the setting names no other lock. */
function lockingDefault(type: string, given: Group): Group {
  return type === "s3" && !("dynamodb_table" in given) ? { use_lockfile: true } : {};
}

function withDefaultLocation(
  args: Group,
  { location, defaultLocation }: BackendType,
): Record<string, unknown> {
  const [outer = "", inner] = location;
  if (defaultLocation === undefined) return { ...args };
  if (inner === undefined) return { [outer]: defaultLocation, ...args };
  const group = args[outer] ?? {};
  return isGroup(group) ? { ...args, [outer]: { [inner]: defaultLocation, ...group } } : { ...args };
}

function secretsGiven(type: string, args: Group, secrets: readonly string[]): SettingMistake[] {
  return secrets.filter((name) => name in args).map((name) => secretMistake(type, name));
}

/** Such as `postgres://user:password@host/states`. */
function passwordInUrl(type: string, args: Group): SettingMistake[] {
  return Object.entries(args)
    .filter(
      ([, value]) => typeof value === "string" && /^[a-z]+:\/\/[^/@]*:[^/@]+@|\bpassword\s*=/i.test(value),
    )
    .map(([name]) => secretMistake(type, name));
}

function secretMistake(type: string, name: string): SettingMistake {
  return {
    setting: `backend.${type}.${name}`,
    message: settingMessage(
      "holds a credential",
      "a value that is not shown",
      "no credentials, since the settings end in the synthesized JSON",
      "Give it by the backend's environment variables or by terraform init -backend-config.",
    ),
  };
}

/** An address that is left out altogether is given by `terraform init -backend-config`. */
function sharedLocation(type: string, args: Group, location: readonly string[]): SettingMistake[] {
  const value = location.reduce<unknown>((outer, name) => (isGroup(outer) ? outer[name] : undefined), args);
  if (value === undefined || (typeof value === "string" && value.includes("{stack}"))) return [];
  return [
    {
      setting: `backend.${type}.${location.join(".")}`,
      message: settingMessage(
        "is the same for both stacks",
        value,
        "a text with {stack} in it, so that each stack has a state of its own",
        `Write for example "${location.at(-1) ?? ""}": "states-{stack}".`,
      ),
    },
  ];
}
