const SEGMENTER = new Intl.Segmenter("en", { granularity: "grapheme" });

/** What people see as characters, which may be several code points: Terraform counts and cuts these. */
export function charactersOf(text: string): string[] {
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
}
