import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import * as v from "valibot";
import { filledList, rule } from "../schema";

const ALLOWED = "an IPv4 or IPv6 address, or a block such as 192.0.2.0/24 or 2001:db8::/32";
const EXAMPLE = '["192.0.2.0/24", "2001:db8::1"]';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** The address and the number of bits that count; undefined for a text that is none. */
function parseBlock(text: string): readonly [Address, number] | undefined {
  const [address = "", bits] = text.split("/");
  // ipaddr.js also takes what only the C library calls an address, such as 010.1, and zones.
  if (isIP(address) === 0 || address.includes("%")) return undefined;
  const parsed = ipaddr.parse(address);
  if (bits === undefined) return [parsed, parsed.kind() === "ipv4" ? 32 : 128];
  return ipaddr.isValidCIDR(text) ? ipaddr.parseCIDR(text) : undefined;
}

/** The same text for every way to write a block. */
function canonical(text: string): string {
  const [address, bits] = parseBlock(text) ?? [];
  return `${address?.toString()}/${bits}`;
}

function isMapped(text: string): boolean {
  const [address] = parseBlock(text) ?? [];
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress();
}

function hasHostBits(text: string): boolean {
  const [address, bits] = parseBlock(text) ?? [];
  if (!address || bits === undefined) return false;
  const bytes = address.toByteArray();
  return bytes.some((byte, index) => (byte & (0xff >> Math.min(8, Math.max(0, bits - 8 * index)))) !== 0);
}

/** An address or a block of them, as conditions of a policy have them. */
const ADDRESS = v.pipe(
  { ...v.string(rule("is not a text", ALLOWED, `Write for example ${EXAMPLE}.`)), allowed: ALLOWED },
  v.check((text) => parseBlock(text) !== undefined, rule("is no address", ALLOWED, "Mend it.")),
  v.check(
    (text) => !isMapped(text),
    rule("is an IPv4 address in IPv6's clothes", "IPv4 addresses as they are", "Drop the ::ffff:."),
  ),
  v.check(
    (text) => !hasHostBits(text),
    rule("has bits behind its prefix", "the first address of a block", "Set them to 0, or drop the prefix."),
  ),
  v.check(
    (text) => !text.endsWith("/0"),
    rule(
      "is everybody",
      "some addresses",
      "Drop it where everybody may call. To let nobody in, write `throttlingRateLimit`: 0 and `throttlingBurstLimit`: 0.",
    ),
  ),
);

/** A list of addresses and blocks, each once however it is written. */
export const IP_ADDRESSES = v.pipe(
  filledList(ADDRESS, "address", EXAMPLE),
  v.check(
    (addresses) => new Set(addresses.map(canonical)).size === addresses.length,
    rule("has an address twice, written otherwise", "each address once", "Drop the repeat."),
  ),
);
