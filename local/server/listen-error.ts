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
  const wrongHost = WRONG_HOSTS[error.code ?? ""];
  return new UserError(
    (option) =>
      wrongHost === undefined
        ? {
            where: option("port"),
            got: `${port} on ${host}`,
            ...wrongPort(error),
            mend: `Choose another with ${option("port")}, or another address with ${option("host")}.`,
          }
        : {
            where: option("host"),
            wrong: wrongHost,
            got: host,
            allowed: "an address of this machine, or 0.0.0.0 for each of them, is allowed",
            mend: `Write 127.0.0.1, or leave ${option("host")} out.`,
          },
    { cause: error },
  );
}

const UNKNOWN_NAME = "is a name that leads to no address";

const WRONG_HOSTS: Readonly<Record<string, string>> = {
  EADDRNOTAVAIL: "is no address of this machine",
  EAFNOSUPPORT: "is of a kind that this machine does not have",
  ENOTFOUND: UNKNOWN_NAME,
  EAI_AGAIN: UNKNOWN_NAME,
};

function wrongPort({ code, message }: NodeJS.ErrnoException): Pick<Required<Mistake>, "wrong" | "allowed"> {
  const allowed = "any free port, or 0 to have one chosen, is allowed";
  if (code === "EADDRINUSE") return { wrong: "is already in use", allowed };
  if (code !== "EACCES") return { wrong: `can't be listened on (${message})`, allowed };
  const own = "1024 to 65535, or 0 to have one chosen, is allowed";
  return { wrong: "may not be listened on by this user", allowed: own };
}
