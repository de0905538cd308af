import { isObject } from "../expression/value";

/** A provider configuration, as a resource or a module call names it. */
export interface ProviderReference {
  /** The name that the module has for the provider, mostly `aws`. */
  readonly name: string;
  /** Absent for the configuration without one. */
  readonly alias?: string | undefined;
}

/** Reads `aws`, `aws.alias` or `${aws.alias}`; what names none is the provider `aws`. */
export function providerReference(written: unknown): ProviderReference {
  const text = typeof written === "string" ? written : "aws";
  const [, name = "aws", alias] = /^(?:\$\{)?([\w-]+)(?:\.([\w-]+))?\}?$/.exec(text) ?? [];
  return { name, alias };
}

/** As `aws.alias`, or the name alone. */
export function providerText({ name, alias }: ProviderReference): string {
  return alias === undefined ? name : `${name}.${alias}`;
}

/**
 * What a call's `providers` puts in the place of a provider configuration; without an entry, the caller's own of that name.
 * @see https://developer.hashicorp.com/terraform/language/meta-arguments/module-providers
 */
export function handedOn(providers: unknown, reference: ProviderReference): ProviderReference {
  const text = providerText(reference);
  return isObject(providers) && Object.hasOwn(providers, text)
    ? providerReference(providers[text])
    : reference;
}
