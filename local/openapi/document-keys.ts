/** Gives each text a key, in which other characters than these become `_`; the second of two that are alike gets a number. */
export function uniqueKeys(other: RegExp): (text: string) => string {
  const taken = new Set<string>();
  return (text) => {
    const wanted = text.replaceAll(other, "_");
    let key = wanted;
    for (let number = 2; taken.has(key); number++) key = `${wanted}_${number}`;
    taken.add(key);
    return key;
  };
}

/** The name that a component of an API has in the document. */
export type Naming = (component: string) => string;

/** What names its components in a document. */
export interface Named {
  readonly named: Naming;
}

/** Each API with names for its components: several may use the same ones. */
export function withNaming<Described extends { readonly name: string }>(
  described: readonly Described[],
): readonly (Described & Named)[] {
  const prefixOf = uniqueKeys(/[^\w-]+/g);
  return described.map((one) => {
    const prefix = described.length === 1 ? "" : `${prefixOf(one.name)}.`;
    return { ...one, named: (component) => `${prefix}${component}` };
  });
}
