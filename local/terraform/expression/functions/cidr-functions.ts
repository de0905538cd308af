import { isIPv4, isIPv6 } from "node:net";
import { fromByteArray, parse } from "ipaddr.js";
import type { TerraformFunction } from "../expression";
import { ExpressionError } from "../expression-error";
import { TEXT, WHOLE, taking, takingMore } from "./parameters";

/** Functions over IP networks. @see https://developer.hashicorp.com/terraform/language/functions/cidrsubnet */
export const CIDR_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  cidrhost: taking([TEXT, WHOLE], (prefix, host) => hostAddress(networkOf(prefix), safe(host))),
  cidrnetmask: taking([TEXT], (prefix) => netmask(networkOf(prefix))),
  cidrsubnet: taking([TEXT, WHOLE, WHOLE], (prefix, bits, number) =>
    networkText(subnet(networkOf(prefix), bits, safe(number))),
  ),
  cidrsubnets: takingMore([TEXT], WHOLE, (prefix, ...bits) => subnets(networkOf(prefix), bits)),
};

/** The bits of an address, and how many of them name the network. */
interface Network {
  readonly address: bigint;
  readonly length: number;
  /** 32 or 128. */
  readonly width: number;
}

/** Zeros in front of a part of an IPv4 address mean nothing, as in Go once; Terraform keeps that. */
function networkOf(prefix: string): Network {
  const [text = "", length = ""] = prefix.split(/\/(?=\d+$)/);
  const address = text.includes(":") ? text : text.replace(/\b0+(?=\d)/g, "");
  const width = isIPv4(address) ? 32 : 128;
  if ((!isIPv4(address) && !isIPv6(address)) || text.includes("%") || !/^\d{1,3}$/.test(length)) {
    throw new ExpressionError(`${JSON.stringify(prefix)} is no network such as "10.0.0.0/16"`);
  }
  if (Number(length) > width) {
    throw new ExpressionError(`the prefix of ${prefix} is longer than ${width} bits`);
  }
  const bytes = parse(width === 32 ? address : inGroups(address)).toByteArray();
  const bits = BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
  return masked({ address: bits, length: Number(length), width });
}

/** An IPv6 address whose end is written as an IPv4 one; the parser takes any of them for a mapped one. */
function inGroups(address: string): string {
  return address.replace(/[\d.]+\.[\d.]+$/, (end) => {
    const [first = 0, second = 0, third = 0, fourth = 0] = end.split(".").map(Number);
    return `${(first * 256 + second).toString(16)}:${(third * 256 + fourth).toString(16)}`;
  });
}

function masked({ address, length, width }: Network): Network {
  const hostBits = BigInt(width - length);
  return { address: (address >> hostBits) << hostBits, length, width };
}

function hostAddress({ address, length, width }: Network, number: bigint): string {
  const most = (1n << BigInt(width - length)) - 1n;
  const host = number < 0n ? most + 1n + number : number;
  if (host < 0n || host > most) {
    throw new ExpressionError(`a network of ${length} bits has no host with the number ${number}`);
  }
  return addressText(address | host, width);
}

function netmask({ length, width }: Network): string {
  if (width !== 32) throw new ExpressionError("an IPv6 network has no netmask");
  return addressText(masked({ address: (1n << 32n) - 1n, length, width }).address, width);
}

/** Negative numbers are refused, of which Terraform makes networks outside the given one. */
function subnet({ address, length, width }: Network, bits: number, number: bigint): Network {
  const longer = length + bits;
  if (longer > width || bits < 0) {
    throw new ExpressionError(`a prefix of ${length} bits can't be extended by ${bits}`);
  }
  if (number < 0n || number >= 1n << BigInt(bits)) {
    throw new ExpressionError(`an extension by ${bits} bits has no subnet with the number ${number}`);
  }
  return { address: address | (number << BigInt(width - longer)), length: longer, width };
}

/** Each subnet is the first of its size behind the one before. Terraform refuses to divide a network that starts at 0.0.0.0. */
function subnets(network: Network, bits: readonly number[]): string[] {
  let next = network.address;
  return bits.map((extension) => {
    const length = network.length + extension;
    if (extension < 1 || extension > 32 || length > network.width) {
      throw new ExpressionError(`a prefix of ${network.length} bits can't be extended by ${extension}`);
    }
    const size = 1n << BigInt(network.width - length);
    const address = ((next + size - 1n) / size) * size;
    next = address + size;
    if (next > network.address + (1n << BigInt(network.width - network.length)) || network.address === 0n) {
      throw new ExpressionError(`there is no room left for a subnet of ${length} bits`);
    }
    return networkText({ ...network, address, length });
  });
}

function networkText({ address, length, width }: Network): string {
  return `${addressText(address, width)}/${length}`;
}

function addressText(address: bigint, width: number): string {
  const hex = address.toString(16).padStart(width / 4, "0");
  const parsed = fromByteArray([...Buffer.from(hex, "hex")]);
  if ("isIPv4MappedAddress" in parsed && parsed.isIPv4MappedAddress()) {
    return parsed.toIPv4Address().toString();
  }
  return parsed.toString();
}

function safe(number: number): bigint {
  if (Number.isSafeInteger(number)) return BigInt(number);
  throw new ExpressionError(`${number} has more digits than the local gateway keeps`);
}
