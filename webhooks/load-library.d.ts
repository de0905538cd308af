/** Loads a package of the user's by its name. */
export function loadLibrary(name: string): Promise<Record<string, unknown>>;
