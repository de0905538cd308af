type CamelCase<Key extends string> = Key extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Key;

/** An object with its own keys turned from snake_case into camelCase. */
export type CamelCased<T> = { readonly [Key in keyof T as CamelCase<Key & string>]: T[Key] };

/** Turns the keys of the settings, snake_case, into those of the code. Keys further down are data and stay. */
export function camelCased<T extends object>(settings: T): CamelCased<T> {
  const entries = Object.entries(settings).map(([key, value]) => [
    key.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
    value as unknown,
  ]);
  return Object.fromEntries(entries) as CamelCased<T>;
}
