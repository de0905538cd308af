import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction, type LambdaFunctionConfig } from "@cdktf/provider-aws/lib/lambda-function";
import type { Construct } from "constructs";
import * as v from "valibot";
import { ROLE_NAME_PREFIX } from "../../aws/own-resources";
import { policyJson, trustOf } from "../policy-json";
import { isGroup, rule } from "../schema";
import { ENTRY_FILES, FolderArchive, holdsHandler } from "./folder-archive";

/** The schema of a folder of which the stack makes a function; `sample` is one. */
export function functionFolder(sample: string) {
  const allowed = `a folder with ${ENTRY_FILES.join(", ")}, by its path from the project's folder`;
  const example = `Write for example "${sample}".`;
  return v.pipe(
    { ...v.string(rule("is not a text", allowed, example)), allowed },
    v.check(holdsHandler, rule("holds no handler that can be read", allowed, example)),
    v.check(holdsDependencies, (issue) =>
      rule(
        "has a package.json with dependencies that are not installed",
        "a folder with its node_modules, which go into the function's archive",
        `Run: npm ci --omit=dev --prefix ${issue.input}`,
      )(issue),
    ),
  );
}

/** Are the dependencies of its package.json, if it has one, below its node_modules? */
function holdsDependencies(folder: string): boolean {
  return dependenciesIn(join(folder, "package.json")).every((name) =>
    existsSync(join(folder, "node_modules", name)),
  );
}

/** Names in a package.json; what is none is Node.js's to judge. */
function dependenciesIn(file: string): string[] {
  try {
    const content = JSON.parse(readFileSync(file, "utf8")) as unknown;
    return isGroup(content) && isGroup(content.dependencies) ? Object.keys(content.dependencies) : [];
  } catch {
    return [];
  }
}

/** What a function may do beside writing its logs. */
type Statement = Readonly<Record<string, unknown>>;

/**
 * X-Ray has no resources to name.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
 */
const TRACE: Statement = {
  Effect: "Allow",
  Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
  Resource: "*",
};

/** A function that the stack has made. */
export interface FolderFunction {
  readonly arn: string;
  readonly name: string;
  readonly roleName: string;
}

/** What {@link addFolderFunction} makes. */
export interface FolderFunctionProps extends Pick<
  LambdaFunctionConfig,
  "description" | "memorySize" | "timeout" | "reservedConcurrentExecutions"
> {
  readonly folder: string;
  /** Name of the function: 1 to 64 letters, digits, hyphens and underscores. */
  readonly functionName: string;
  /** Name of its archive and of its role's policy. */
  readonly name: string;
  /** What it may do beside writing its logs. */
  readonly statements: readonly Statement[];
  /** Does X-Ray record it? */
  readonly xrayTracing: boolean;
  /** Environment variables; those without a value are left out. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A Lambda function made from a folder in `scope`, with its role and its log group. */
export function addFolderFunction(scope: Construct, props: FolderFunctionProps): FolderFunction {
  const { folder, functionName, name, statements, xrayTracing, environment, ...config } = props;
  const archive = new FolderArchive(scope, "Archive", folder, `${name}.zip`);
  // Lambda would make a group that keeps its logs for ever.
  const logGroup = new CloudwatchLogGroup(scope, "LogGroup", {
    name: `/aws/lambda/${functionName}`,
    retentionInDays: 14,
  });
  const role = new IamRole(scope, "Role", {
    namePrefix: ROLE_NAME_PREFIX,
    description: `Role of the function ${functionName}`,
    assumeRolePolicy: trustOf("lambda.amazonaws.com"),
  });
  const writeLogs = {
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: `${logGroup.arn}:*`,
  };
  const policy = new IamRolePolicy(scope, "Policy", {
    name,
    role: role.id,
    policy: policyJson(writeLogs, ...statements, ...(xrayTracing ? [TRACE] : [])),
  });
  const made = new LambdaFunction(scope, "Function", {
    functionName,
    role: role.arn,
    runtime: "nodejs22.x",
    architectures: ["arm64"],
    handler: "index.handler",
    filename: archive.path,
    sourceCodeHash: archive.sha256,
    // PassThrough is Lambda's own choice. Left out, the provider would keep what the function has.
    tracingConfig: { mode: xrayTracing ? "Active" : "PassThrough" },
    ...config,
    ...environmentBlock(environment),
    dependsOn: [logGroup, policy],
  });
  return { arn: made.arn, name: made.functionName, roleName: role.name };
}

/** The block with those variables that have a value. */
function environmentBlock(values: FolderFunctionProps["environment"]) {
  const variables = Object.entries(values).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return variables.length === 0 ? {} : { environment: { variables: Object.fromEntries(variables) } };
}
