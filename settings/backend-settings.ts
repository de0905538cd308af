import { type Group, isGroup } from "../constructs/schema";
import type { Backend } from "../constructs/state-backend";
import { mistakeText, shown } from "../errors/mistake";
import type { SettingMistake } from "./mistakes";

/** What a backend type needs to keep the states of two stacks apart. */
interface BackendType {
  /** Path to the argument that says where in the store the state lies. */
  readonly location: readonly string[];
  /** Absent: there is none to guess. */
  readonly defaultLocation?: string;
  readonly defaults?: Readonly<Record<string, unknown>>;
}

/**
 * Every backend of Terraform 1.5 and newer; `oci` came with 1.12.
 * @see https://developer.hashicorp.com/terraform/language/backend
 */
const BACKEND_TYPES: Readonly<Record<string, BackendType>> = {
  local: { location: ["path"], defaultLocation: "../../../terraform.{stack}.tfstate" },
  s3: {
    location: ["key"],
    defaultLocation: "queue-leveling/{stack}/terraform.tfstate",
    defaults: { encrypt: true },
  },
  gcs: {
    location: ["prefix"],
    defaultLocation: "queue-leveling/{stack}",
  },
  azurerm: {
    location: ["key"],
    defaultLocation: "queue-leveling/{stack}.tfstate",
  },
  http: { location: ["address"] },
  pg: { location: ["schema_name"], defaultLocation: "{stack}" },
  consul: { location: ["path"], defaultLocation: "queue-leveling/{stack}" },
  cos: {
    location: ["prefix"],
    defaultLocation: "queue-leveling/{stack}",
  },
  oci: { location: ["key"], defaultLocation: "queue-leveling/{stack}/terraform.tfstate" },
  oss: {
    location: ["prefix"],
    defaultLocation: "queue-leveling/{stack}",
  },
  kubernetes: {
    location: ["secret_suffix"],
    defaultLocation: "{stack}",
  },
  remote: { location: ["workspaces", "name"], defaultLocation: "{stack}" },
  cloud: { location: ["workspaces", "name"], defaultLocation: "{stack}" },
};

/** Instead of by its name, a workspace is chosen by a prefix (`remote`) or by tags (`cloud`). */
const WORKSPACE_KEYS = ["name", "prefix", "tags"];

/** Types of the backends. */
export const BACKENDS: readonly string[] = Object.keys(BACKEND_TYPES);

/** Arguments of any backend, at any depth, that hold secrets: they would end in the synthesized JSON. */
const SECRETS: ReadonlySet<string> = new Set(
  (
    "access_key secret_key token sse_customer_key web_identity_token credentials access_token encryption_key sas_token " +
    "client_secret client_certificate_password oidc_token oidc_request_token password client_private_key_pem http_auth " +
    "secret_id security_token client_key client_certificate private_key private_key_password"
  ).split(" "),
);

/** Reads `context.backend`: one key, the backend's type, with its arguments. Adds what is wrong to `mistakes`. */
export function readBackend(setting: Readonly<Record<string, unknown>>, mistakes: SettingMistake[]): Backend {
  const [type = "", ...others] = Object.keys(setting);
  const backendType = Object.hasOwn(BACKEND_TYPES, type) ? BACKEND_TYPES[type] : undefined;
  if (others.length > 0 || !backendType) {
    mistakes.push({
      setting: "backend",
      message: mistakeText({
        wrong: "is not one backend that Terraform knows",
        got: shown(Object.keys(setting)),
        allowed: `exactly one of ${BACKENDS.join(", ")}`,
        mend: 'Write for example "backend": { "s3": { "bucket": "my-terraform-states", "region": "eu-central-1" } }.',
      }),
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
      message: mistakeText({
        wrong: "is not an object",
        got: shown(given),
        allowed: "the backend's arguments",
        mend: `Write "${type}": { … }.`,
      }),
    });
    return {};
  }
  const args = withDefaultLocation(
    { ...backendType.defaults, ...lockingDefault(type, given), ...given },
    backendType,
  );
  mistakes.push(
    ...secretsGiven(`backend.${type}`, args),
    ...sharedLocation(type, args, backendType.location),
  );
  return args;
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
  if (!isGroup(group) || WORKSPACE_KEYS.some((name) => group[name] !== undefined)) return { ...args };
  return { ...args, [outer]: { [inner]: defaultLocation, ...group } };
}

/** Secrets by their name, and passwords in URLs and connection strings, such as `postgres://user:password@host/states`. */
function secretsGiven(path: string, value: unknown): SettingMistake[] {
  if (typeof value === "string") {
    return /^[a-z]+:\/\/[^/@]*:[^/@]+@|password\s*=/i.test(value) ? [secretMistake(path)] : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    SECRETS.has(name) ? [secretMistake(`${path}.${name}`)] : secretsGiven(`${path}.${name}`, inner),
  );
}

function secretMistake(setting: string): SettingMistake {
  return {
    setting,
    message:
      "holds a credential, got one that is not shown here; no credentials are allowed, since the settings end in the synthesized JSON. Give it by the backend's environment variables or by terraform init -backend-config.",
  };
}

/** An address that is left out altogether is given by `terraform init -backend-config`. */
function sharedLocation(type: string, args: Group, location: readonly string[]): SettingMistake[] {
  const path = writtenLocation(args, location);
  const value = path.reduce<unknown>((group, name) => (isGroup(group) ? group[name] : group), args);
  if (value === undefined || namesStack(value)) return [];
  return [
    {
      setting: `backend.${[type, ...path].join(".")}`,
      message: mistakeText({
        wrong: "is the same for both stacks",
        got: shown(value),
        allowed: "a text with {stack} in it, so that each stack has a state of its own",
        mend: "Put {stack} into it.",
      }),
    },
  ];
}

/** Where the setting says it; what is no object is wrong as a whole. */
function writtenLocation(args: Group, [outer = "", inner]: readonly string[]): readonly string[] {
  const group = args[outer];
  if (inner === undefined || group === undefined || !isGroup(group)) return [outer];
  return [outer, WORKSPACE_KEYS.find((name) => group[name] !== undefined) ?? inner];
}

function namesStack(value: unknown): boolean {
  return typeof value === "string" ? value.includes("{stack}") : JSON.stringify(value).includes("{stack}");
}
