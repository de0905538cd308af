import { StackError } from "../stack-error";
import type { TerraformResource } from "../terraform-resource";
import { invalidBody } from "./body-text";
import { type ImportedApi, importedPart } from "./imported-part";
import { importedResourceId } from "../stand-in-id";

/** The resources that an import makes: those of the document's paths, and those on the way to them. */
export class ImportedTree {
  private readonly byPath = new Map<string, TerraformResource>();
  /** The one child with a variable, by the id of its parent. */
  private readonly variables = new Map<string, string>();

  constructor(private readonly api: ImportedApi) {}

  public get parts(): readonly TerraformResource[] {
    return [...this.byPath.values()];
  }

  /** Makes what is missing of a path; gives the id of its resource. */
  public add(parts: readonly string[]): string {
    return parts.reduce((parentId, part, index) => {
      const path = `/${parts.slice(0, index + 1).join("/")}`;
      const id = importedResourceId(this.api.id, path);
      if (!this.byPath.has(path)) this.byPath.set(path, this.resource(id, parentId, path, part));
      return id;
    }, this.api.rootResourceId);
  }

  private resource(id: string, parentId: string, path: string, part: string): TerraformResource {
    const address = `${this.api.document.address}[${JSON.stringify(path)}]`;
    this.refuseSecondVariable(part, parentId, address);
    const attributes = { id, rest_api_id: this.api.id, parent_id: parentId, path_part: part, path };
    return importedPart(address, "aws_api_gateway_resource", attributes);
  }

  /** The words are those that callers of AWS report. */
  private refuseSecondVariable(part: string, parentId: string, address: string): void {
    if (!part.startsWith("{")) return;
    const sibling = this.variables.get(parentId);
    if (sibling === undefined) {
      this.variables.set(parentId, part);
      return;
    }
    throw new StackError({
      address,
      wrong: `is refused by AWS with "A sibling (${sibling}) of this resource already has a variable path part -- only one is allowed"`,
      mend: "Give both the same variable",
    });
  }
}

/** The parts of a document's path. Throws `StackError` for what can't be the path of a resource. */
export function pathParts(path: string, address: string): string[] {
  const place = `${address}[${JSON.stringify(path)}]`;
  if (!path.startsWith("/")) throw invalidBody(place, "a path begins with a slash");
  const parts = path.split("/").filter((part) => part !== "");
  const wrong = parts.find((part, index) => {
    const isLast = index === parts.length - 1;
    return !/^(?:[^{}\s]+|\{[^{}\s]+\})$/.test(part) || (part.endsWith("+}") && !isLast);
  });
  if (wrong === undefined) return parts;
  throw new StackError({
    address: place,
    wrong: "has a part that API Gateway refuses",
    got: wrong,
    allowed: "text, one {variable} for a whole part, and one {variable+} for the last part are",
  });
}
