import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";

/** One job of a pipeline in `examples/ci`: what it runs, and the files that it leaves for the next. */
export interface PipelineJob {
  readonly script: string;
  readonly artifacts: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** The jobs that plan and apply. */
export interface Pipeline {
  readonly plan: PipelineJob;
  readonly apply: PipelineJob;
}

interface GithubStep {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: { readonly path?: string };
}

interface GithubWorkflow {
  readonly env: Record<string, string>;
  readonly jobs: Record<"plan" | "apply", { readonly steps: readonly GithubStep[] }>;
}

/** The GitHub Actions workflow. */
export function githubPipeline(): Pipeline {
  const { env, jobs } = read("github-actions.yml") as GithubWorkflow;
  const job = ({ steps }: { readonly steps: readonly GithubStep[] }): PipelineJob => ({
    script: steps.flatMap(({ run = [] }) => run).join("\n"),
    artifacts: steps.flatMap(({ uses = "", with: { path = "" } = {} }) =>
      uses.startsWith("actions/upload-artifact@") ? path.trim().split("\n") : [],
    ),
    environment: env,
  });
  return { plan: job(jobs.plan), apply: job(jobs.apply) };
}

interface GitlabJob {
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
  readonly artifacts?: { readonly paths: readonly string[] };
  readonly variables?: Record<string, string>;
}

/** The GitLab pipeline; what it synthesizes belongs to the plan. */
export function gitlabPipeline(): Pipeline {
  const { variables, ...jobs } = read("gitlab-ci.yml") as { variables: Record<string, string> };
  const {
    synth = {},
    plan = {},
    apply = {},
    ".terraform": template = {},
  } = jobs as Record<string, GitlabJob>;
  const job = (own: GitlabJob, before: readonly string[] = []): PipelineJob => ({
    script: [...before, ...(template.before_script ?? []), ...(own.script ?? [])].join("\n"),
    artifacts: own.artifacts?.paths ?? [],
    environment: { ...variables, ...template.variables, ...own.variables },
  });
  return { plan: job(plan, synth.script), apply: job(apply) };
}

function read(file: string): unknown {
  return parse(readFileSync(join(resolve(__dirname, "../../examples/ci"), file), "utf8"));
}
