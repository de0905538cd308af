import { isObject } from "../expression/value";
import { StackError } from "../stack-error";
import { pathParts } from "./imported-tree";
import { type OpenApiDocument, field, textOf } from "./openapi-document";

const MODES = ["ignore", "prepend", "split"];

/**
 * The parts before each path, by the import's parameter `basepath`: none, those of the document's base path, or those but the first.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html
 */
export function basePathParts(
  document: OpenApiDocument,
  parameters: Readonly<Record<string, string>>,
): readonly string[] {
  const { basepath: mode = "ignore" } = parameters;
  warnOfServers(document);
  if (!MODES.includes(mode)) {
    throw new StackError({
      address: `${document.address.replace(/body$/, "parameters")}.basepath`,
      wrong: "is not a way to import the base path",
      got: mode,
      allowed: `${MODES.join(", ")} are`,
    });
  }
  if (mode === "ignore") return [];
  const written = document.version === 2 ? document.root("basePath") : serverPath(document);
  const parts = typeof written === "string" ? pathParts(`/${written}`, `${document.address}.basePath`) : [];
  return mode === "split" ? parts.slice(1) : parts;
}

function warnOfServers(document: OpenApiDocument): void {
  const address = `${document.address}.servers`;
  if (document.list(document.root("servers"), address).length > 1) {
    document.warn(address, "are more than one, of which AWS reads the first");
  }
}

/** The first `basePath` variable of a server, or else the path of the first URL that has one. */
function serverPath(document: OpenApiDocument): unknown {
  const servers = document.list(document.root("servers"), `${document.address}.servers`).filter(isObject);
  const variables = servers.flatMap(({ variables }) =>
    isObject(variables) ? (field(variables, "basePath") ?? []) : [],
  );
  const [variable] = variables.filter(isObject);
  if (variable !== undefined) return variable.default;
  return servers
    .map(({ url }) =>
      textOf(url)
        .replace(/^(?:[a-z]+:)?\/\/[^/]*/i, "")
        .replace(/[?#].*$/, ""),
    )
    .find((path) => path.startsWith("/") && path !== "/");
}
