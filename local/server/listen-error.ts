import type { Mistake } from "../../errors/mistake";
import { UserError } from "./user-error";

/** Where a server was told to listen. */
export interface ListenAddress {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
}

/** What to do about an address that can't be listened on, by the system's code. */
export function listenError(error: NodeJS.ErrnoException, { host, port }: ListenAddress): UserError {
  const { where, wrong, allowed, mend } = MISTAKES[error.code ?? ""] ?? {
    where: "--port",
    wrong: `can't be listened on (${error.message})`,
    allowed: "any free port, or 0 to have one chosen, is allowed",
    mend: "Choose others with --port and --host.",
  };
  const got = where === "--port" ? `${port} on ${host}` : host;
  return new UserError({ where, wrong, got, allowed, mend }, { cause: error });
}

type ListenMistake = Omit<Required<Mistake>, "got">;

const OWN_ADDRESS = {
  where: "--host",
  allowed: "an address of this machine, or 0.0.0.0 for each of them, is allowed",
  mend: "Write --host 127.0.0.1, or leave it out.",
} as const;

const UNKNOWN_NAME: ListenMistake = { ...OWN_ADDRESS, wrong: "is a name that leads to no address" };

const MISTAKES: Readonly<Record<string, ListenMistake>> = {
  EADDRINUSE: {
    where: "--port",
    wrong: "is already in use",
    allowed: "any free port, or 0 to have one chosen, is allowed",
    mend: "Stop what uses it, or choose another with --port.",
  },
  EACCES: {
    where: "--port",
    wrong: "may not be listened on by this user",
    allowed: "1024 to 65535, or 0 to have one chosen, is allowed",
    mend: "Choose another with --port.",
  },
  EADDRNOTAVAIL: { ...OWN_ADDRESS, wrong: "is no address of this machine" },
  EAFNOSUPPORT: { ...OWN_ADDRESS, wrong: "is of a kind that this machine does not have" },
  ENOTFOUND: UNKNOWN_NAME,
  EAI_AGAIN: UNKNOWN_NAME,
};
