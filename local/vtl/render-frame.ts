import type { Render } from "./compiler";
import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";

/** API Gateway's limit for a payload. */
const MAX_OUTPUT_CHARACTERS = 10 * 1024 * 1024;

/** What one rendering holds: its variables and what it has printed. */
export class RenderFrame {
  output = "";
  constructor(
    readonly variables: Map<string, unknown>,
    /** What the template's author should know, such as a call of a method that does not exist. */
    readonly notes: Set<string>,
  ) {}

  /** @throws MappingTemplateError when the output grows beyond what API Gateway can carry */
  print(text: string): void {
    this.output += text;
    if (this.output.length > MAX_OUTPUT_CHARACTERS) {
      throw new MappingTemplateError("the template renders to more than 10 MiB");
    }
  }

  /** What `render` prints, kept out of the output. */
  capture(render: Render): string {
    const before = this.output;
    this.output = "";
    try {
      render(this);
      return this.output;
    } finally {
      this.output = before;
    }
  }
}
