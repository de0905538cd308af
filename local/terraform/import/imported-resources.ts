import { StackError } from "../stack-error";
import { type TerraformResource, TerraformResources } from "../terraform-resource";
import { type ImportedBody, importBody } from "./import-body";
import { IMPORTED_TYPES } from "./imported-part";
import { withBodySettings, withOverwrittenSettings } from "./imported-settings";

const REST_API = "aws_api_gateway_rest_api";
const REST_API_PUT = "aws_api_gateway_rest_api_put";

/**
 * The resources of a stack with those that its OpenAPI documents make: of the `body` of an `aws_api_gateway_rest_api`, and of an
 * `aws_api_gateway_rest_api_put`. Documents are read when a part of a REST API is first asked for, and may throw `StackError` then.
 */
export function withImportedBodies(resources: TerraformResources): TerraformResources {
  return new ImportedResources(resources);
}

/** What is known once all documents are imported. */
interface Imported {
  readonly restApis: readonly TerraformResource[];
  readonly parts: ReadonlyMap<string, readonly TerraformResource[]>;
}

class ImportedResources extends TerraformResources {
  private imported?: Imported | StackError;

  constructor(private readonly declared: TerraformResources) {
    super();
  }

  public get types(): readonly string[] {
    return [...new Set([...this.declared.types, ...this.whole().parts.keys()])];
  }

  /** What is imported comes first, as Terraform makes it: the REST API before its parts. */
  public ofType(type: string): readonly TerraformResource[] {
    if (type === REST_API) return this.whole().restApis;
    const declared = this.declared.ofType(type);
    return isImportedType(type) ? [...(this.whole().parts.get(type) ?? []), ...declared] : declared;
  }

  public output(name: string): unknown {
    return this.declared.output(name);
  }

  public override get assumptions(): readonly string[] {
    return this.declared.assumptions;
  }

  private whole(): Imported {
    this.imported ??= attempted(() => importAll(this.declared));
    if (this.imported instanceof StackError) throw this.imported;
    return this.imported;
  }
}

function isImportedType(type: string): boolean {
  return IMPORTED_TYPES.some((imported) => imported === type);
}

function attempted(run: () => Imported): Imported | StackError {
  try {
    return run();
  } catch (error) {
    if (error instanceof StackError) return error;
    throw error;
  }
}

function importAll(declared: TerraformResources): Imported {
  const puts = declared.ofType(REST_API_PUT);
  const apis = declared.ofType(REST_API).map((api) => importInto(api, putOf(api, puts), declared));
  const parts = new Map<string, TerraformResource[]>();
  for (const part of apis.flatMap((api) => api.parts)) {
    parts.set(part.type, [...(parts.get(part.type) ?? []), part]);
  }
  return { restApis: apis.map(({ api }) => api), parts };
}

interface ImportedInto {
  readonly api: TerraformResource;
  readonly parts: ImportedBody["parts"];
}

function importInto(
  api: TerraformResource,
  put: TerraformResource | undefined,
  declared: TerraformResources,
): ImportedInto {
  if (put !== undefined) {
    refuseOverwritten(put, declared);
    const { parts, settings } = imported(put, api);
    return { api: withOverwrittenSettings(api, settings), parts };
  }
  if (api.optionalText("body") === undefined) return { api, parts: [] };
  // Terraform makes the REST API before its parts: there is nothing yet to merge with, or to overwrite.
  api.optionalOneOf("put_rest_api_mode", ["overwrite", "merge"]);
  const { parts, settings } = imported(api, api);
  return { api: withBodySettings(api, settings), parts };
}

function imported(holder: TerraformResource, api: TerraformResource): ImportedBody {
  return importBody({
    address: `${holder.address}.body`,
    text: holder.text("body"),
    apiId: api.text("id"),
    rootResourceId: api.text("root_resource_id"),
    parameters: holder.textMap("parameters"),
    failOnWarnings: holder.flag("fail_on_warnings"),
  });
}

function putOf(api: TerraformResource, puts: readonly TerraformResource[]): TerraformResource | undefined {
  if (puts.length === 0) return undefined;
  const id = api.text("id");
  const [put, second] = puts.filter((one) => one.text("rest_api_id") === id);
  if (second === undefined) return put;
  throw second.error("rest_api_id", {
    wrong: `names the REST API that ${String(put?.address)} overwrites too; which one is the last is not known`,
    mend: "Put both documents together",
  });
}

/** The provider's import overwrites: what else Terraform makes of the same REST API stays only where it is made later. */
function refuseOverwritten(put: TerraformResource, declared: TerraformResources): void {
  const id = put.text("rest_api_id");
  const beside = IMPORTED_TYPES.flatMap((type) => declared.where(type, { rest_api_id: id }));
  const problems = beside
    .filter((part) => !dependsOn(part, put))
    .map(({ address }) => ({
      address,
      wrong: `may be overwritten by ${put.address}, whichever Terraform makes last`,
      mend: `Add ${put.address} to its depends_on, or move it into the document`,
    }));
  if (problems.length > 0) throw new StackError(...problems);
}

/** `depends_on` names resources of the same module, all instances of one together. */
function dependsOn(part: TerraformResource, put: TerraformResource): boolean {
  const name = /[\w-]+\.[\w-]+(?=(?:\[[^\]]*\])?$)/.exec(put.address)?.[0];
  return [part.given("depends_on")].flat().some((one) => one === name || one === put.address);
}
