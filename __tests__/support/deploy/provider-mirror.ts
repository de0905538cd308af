import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The lowest provider version that the project supports: the tests apply with this one. */
const AWS_PROVIDER_VERSION = "5.100.0";

/**
 * Fetches the AWS provider once for all test files into `folder`. Returns what Terraform said if it can't.
 *
 * Terraform finds the provider as its own configuration says (`TF_CLI_CONFIG_FILE`), else, where the environment
 * variable `TF_PLUGIN_MIRROR` names a filesystem mirror, there, else in the registry.
 */
export function fetchProvider(folder: string): string | undefined {
  const configuration = {
    required_providers: { aws: { source: "hashicorp/aws", version: AWS_PROVIDER_VERSION } },
  };
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: configuration }));
  const init = spawnSync("terraform", ["init", "-input=false", "-no-color"], {
    cwd: folder,
    env: { ...process.env, CHECKPOINT_DISABLE: "1", ...sourceConfiguration(folder) },
    encoding: "utf8",
  });
  if (init.status !== 0) return init.stderr;
  writeFileSync(join(folder, "tests.tfrc"), mirrorConfiguration(providerFolder(folder)));
  return undefined;
}

/** Environment in which Terraform takes the provider that {@link fetchProvider} put into `folder`, and asks no registry. */
export function providerEnvironment(folder: string): Record<string, string> {
  return {
    TF_CLI_CONFIG_FILE: join(folder, "tests.tfrc"),
    // cdktf deploy runs this command, which otherwise asks the registry.
    TF_CLI_ARGS_providers_lock: `-fs-mirror=${providerFolder(folder)}`,
  };
}

/** `terraform init` lays providers out as a mirror has to be. */
function providerFolder(folder: string): string {
  return join(folder, ".terraform", "providers");
}

function sourceConfiguration(folder: string): Record<string, string> {
  const { TF_CLI_CONFIG_FILE: own, TF_PLUGIN_MIRROR: mirror } = process.env;
  if ((own !== undefined && existsSync(own)) || mirror === undefined) return {};
  const file = join(folder, "source.tfrc");
  writeFileSync(file, mirrorConfiguration(mirror));
  return { TF_CLI_CONFIG_FILE: file };
}

function mirrorConfiguration(path: string): string {
  return `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(path)}\n  }\n}\n`;
}
