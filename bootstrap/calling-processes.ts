import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

interface Process {
  readonly parent: number;
  /** The program and its arguments; where only `ps` tells them, one that has a space is several. */
  readonly words: readonly string[];
}

/** A shell or two, CDKTF, npx and its shell. */
const MOST_CALLERS = 6;

/** Command lines of the processes that called this one, the nearest first: none where this system does not tell. */
export function callingProcesses(): (readonly string[])[] {
  const lines: (readonly string[])[] = [];
  // A container's first process can be a caller, too.
  for (let pid = process.ppid; pid > 0 && lines.length < MOST_CALLERS;) {
    const found = fromProc(pid) ?? fromPs(pid);
    if (found === undefined) break;
    lines.push(found.words);
    pid = found.parent;
  }
  return lines;
}

/** Linux, also where no `ps` is installed. */
function fromProc(pid: number): Process | undefined {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    // The second field is the program's name, which can hold parentheses and spaces.
    const [, parent = ""] = /.*\) \S (\d+) /s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return { parent: Number(parent), words };
  } catch {
    return undefined;
  }
}

function fromPs(pid: number): Process | undefined {
  const ps = spawnSync("ps", ["-ww", "-o", "ppid=,args=", "-p", String(pid)], { encoding: "utf8" });
  if (ps.error !== undefined) return undefined;
  const [, parent, args = ""] = /^\s*(\d+)\s+(.*)/.exec(ps.stdout) ?? [];
  return parent === undefined ? undefined : { parent: Number(parent), words: args.split(" ") };
}
