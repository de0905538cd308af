import * as v from "valibot";
import { messageOf, shown } from "../../errors/mistake";
import { readJsonFile } from "../../errors/read-json-file";
import { UserError } from "./user-error";

/** An option that is given as JSON text in a file, or as the value itself. */
interface JsonOption<Schema> {
  readonly name: "credentials" | "jwks";
  readonly schema: Schema;
  /** What is allowed, without "is allowed". */
  readonly allowed: string;
  /** A whole sentence. */
  readonly mend: string;
}

/**
 * Checks the value of an option that holds secrets.
 * @param given a file, or the value
 * @throws UserError that shows nothing of the value
 */
export function readJsonOption<Schema extends v.GenericSchema>(
  { name, schema, allowed, mend }: JsonOption<Schema>,
  given: unknown,
): v.InferOutput<Schema> {
  const value = typeof given === "string" ? contentOf(given, name) : given;
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  const wrong =
    issue.type === "strict_object" && issue.expected === "never" ? "is not known" : reasonOf(issue);
  throw new UserError((option) => ({
    where: option(name),
    wrong: path === null ? wrong : `${path} ${wrong}`,
    got: typeof given === "string" ? shown(given) : "a value that is not shown, for its secrets",
    allowed: `${allowed} is allowed`,
    mend,
  }));
}

/** Valibot's own messages show what they got. */
function reasonOf({ kind, message, expected, received }: v.BaseIssue<unknown>): string {
  if (kind === "validation" || kind === "transformation") return message;
  return received === "undefined" ? "is missing" : `is not ${expected ?? "allowed"}`;
}

function contentOf(file: string, name: JsonOption<unknown>["name"]): unknown {
  try {
    return readJsonFile(file);
  } catch (error) {
    throw new UserError(
      (option) => ({
        where: option(name),
        wrong: "can't be used",
        got: messageOf((error as Error).cause ?? error).replace(/\.$/, ""),
        allowed: "a JSON file is allowed",
        mend: "Correct the path, or the file.",
      }),
      { cause: error },
    );
  }
}
