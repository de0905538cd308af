import { standInsOf } from "../../../aws/stand-in-text";

/** What each made-up text stands for: it is known again wherever it occurs, in a name, an ARN or a policy. */
const ADDRESSES = new Map<string, string>();

/**
 * A value that only an apply knows. Wherever a text is needed, a made-up one stands in; what depends on its content can't be
 * told, and is refused.
 */
export class StandIn {
  /**
   * @param address of what it stands for: `random_pet.name.id`, `data.terraform_remote_state.net.outputs["queue"]`
   * @param step the value at an attribute, or at an index in brackets, below it
   * @param makeText the text that stands in
   */
  constructor(
    public readonly address: string,
    public readonly step: (path: string) => unknown,
    private readonly makeText: () => string,
  ) {}

  public get text(): string {
    const text = this.makeText();
    for (const token of standInsOf(text)) ADDRESSES.set(token.toLowerCase(), this.address);
    return text;
  }
}

/** The part of a made-up text by which it is known again. @param id twelve lower-case letters and digits */
export function standInToken(id: string): string {
  return `stand-in-${id}`;
}

/** Addresses of what a text has stand-ins for, each once. */
export function standInsIn(text: string): readonly string[] {
  return standInsOf(text).map((token) => ADDRESSES.get(token.toLowerCase()) ?? token);
}
