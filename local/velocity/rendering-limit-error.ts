import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import type { Place } from "../../aws/velocity/template-node";

/** That a rendering needs more than a limit allows. */
export class RenderingLimitError extends MappingTemplateError {
  private isPlaced = false;

  /** @param isOutput whether it is the payload that is too large, which is the request's fault and not the template's */
  constructor(
    limit: string,
    public readonly isOutput = false,
  ) {
    super(limit);
  }

  /** Says where, if nothing inside has said so yet. */
  public in(directive: string, { line, column }: Place): this {
    if (!this.isPlaced) this.message += `, in the ${directive} at line ${line}, column ${column}`;
    this.isPlaced = true;
    return this;
  }
}
