import { type ChildProcess, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { postgresqlProgram } from "./postgresql-program";
import { runCommand } from "./run-command";
import { succeeded } from "./succeeded";
import { until } from "./until";

/** PostgreSQL refuses to run as root, which tests in containers often do; this is Debian's and everybody's `nobody`. */
const UNPRIVILEGED_ID = 65_534;

/** A PostgreSQL server in a temporary folder, reached by a socket in it: it has no port. */
export class PostgresqlServer {
  private readonly folder = mkdtempSync(join(tmpdir(), "ql-pg-"));
  private readonly user = process.getuid?.() === 0 ? { uid: UNPRIVILEGED_ID, gid: UNPRIVILEGED_ID } : {};
  private server?: ChildProcess;

  public static async start(): Promise<PostgresqlServer> {
    const postgresql = new PostgresqlServer();
    await postgresql.run();
    return postgresql;
  }

  /** For Terraform's `pg` backend. */
  public get connectionString(): string {
    return `postgres:///postgres?host=${this.folder}&user=test&sslmode=disable`;
  }

  /** Rows of a query, one a line. */
  public async query(sql: string): Promise<string> {
    const args = ["-h", this.folder, "-U", "test", "-d", "postgres", "-Atc", sql];
    return (await succeeded(this.program("psql", args))).stdout;
  }

  public async stop(): Promise<void> {
    const stopped = new Promise((resolve) => this.server?.once("exit", resolve));
    this.server?.kill("SIGQUIT");
    await stopped;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async run(): Promise<void> {
    if (this.user.uid !== undefined) chownSync(this.folder, this.user.uid, this.user.gid);
    const data = join(this.folder, "data");
    await succeeded(this.program("initdb", ["-D", data, "-U", "test", "-A", "trust", "--no-sync"]));
    this.server = spawn(pathOf("postgres"), ["-D", data, "-k", this.folder, "-c", "listen_addresses="], {
      cwd: this.folder,
      stdio: "ignore",
      ...this.user,
    });
    await until(() => Promise.resolve(existsSync(join(this.folder, ".s.PGSQL.5432"))));
  }

  private program(name: string, args: readonly string[]) {
    return runCommand(pathOf(name), args, { cwd: this.folder, env: process.env, ...this.user });
  }
}

function pathOf(name: string): string {
  const path = postgresqlProgram(name);
  if (path === undefined) throw new Error(`PostgreSQL's ${name} is not installed.`);
  return path;
}
