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

/** More than a payload of 10 MiB grows to when it is URL-encoded. */
const MAX_CHARACTERS = 32 * 1024 * 1024;

const MAX_NEW_ITEMS = 1_000_000;

const MAX_INTEGER = 1n << 10_000n;

/** @throws RenderingLimitError for a text of more than 32 Mi characters, if need be before it is made */
export function requireCharacters(count: number): void {
  if (count > MAX_CHARACTERS) {
    throw new RenderingLimitError("a text of more than 32 Mi characters, this gateway's limit", true);
  }
}

/** @throws RenderingLimitError for a list or an array of more than 1,000,000 items, before it is made */
export function requireItems(count: number): void {
  if (count > MAX_NEW_ITEMS) {
    throw new RenderingLimitError("a list or an array of more than 1,000,000 items, this gateway's limit");
  }
}

/** @throws RenderingLimitError for an integer of more than 10,000 bits */
export function requireBits(integer: bigint): bigint {
  if (integer > MAX_INTEGER || integer < -MAX_INTEGER) {
    throw new RenderingLimitError("an integer of more than 10,000 bits, this gateway's limit");
  }
  return integer;
}
