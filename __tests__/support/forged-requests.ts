import type { LoadRequest } from "./send-all";

/** Numbers from 0 on, below `limit`, the same with each run. */
export type Random = (limit: number) => number;

/** @see https://en.wikipedia.org/wiki/Linear_congruential_generator */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~+/=:@!*,;?%&()- ";

/** Letters that look like those of ASCII, and are others. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  a: "а",
  c: "с",
  e: "е",
  o: "о",
  p: "р",
  u: "υ",
  "-": "‐",
  ".": "․",
};

/** What means something to a mapping template, to SQS's Query protocol or to Java. */
const CODE = [
  "' || 'a' == 'a",
  "')#end Action=SendMessage&MessageBody=forged#if(true",
  "$secret",
  "$!{secret}",
  "$input.body",
  "$context.requestId",
  "#set($secrets = 1)",
  "#end#if(true)",
  "#stop",
  "&Action=SendMessage&MessageBody=forged",
  "%26Action%3DSendMessage",
  "null",
  "true",
  "0",
  "{}",
  "[]",
  "(.*)",
  "*",
];

/** A header's value that is not `secret`, which any text may be near to. */
type Forger = (secret: string, random: Random) => string;

const FORGERS: readonly Forger[] = [
  () => "",
  (secret, random) => secret.slice(0, random(secret.length)),
  (secret, random) => secret.slice(1 + random(secret.length - 1)),
  (secret, random) => `${secret}${visible(random)}`,
  (secret, random) => `${visible(random)}${secret}`,
  (secret) => `${secret},${secret}`,
  (secret) => `${secret}, other`,
  (secret) => `"${secret}"`,
  (secret) => `'${secret}'`,
  (secret) => `Bearer ${secret}`,
  (secret) => encodeURIComponent(secret),
  (secret) => Buffer.from(secret).toString("base64"),
  (secret) => Buffer.from(secret).reverse().toString(),
  // In UTF-8, a no-break space and one without width.
  (secret) => `${secret}\u00a0`,
  (secret) => `\u200b${secret}`,
  (secret, random) =>
    changed(secret, random, (letter) =>
      letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
    ),
  (secret, random) => changed(secret, random, (letter) => LOOKALIKES[letter] ?? letter),
  (secret, random) => changed(secret, random, () => CHARACTERS.charAt(random(CHARACTERS.length))),
  (secret) => secret.toUpperCase(),
  (secret) => secret.toLowerCase(),
  (_, random) => CODE[random(CODE.length)] ?? "",
  (secret, random) => `${secret}${CODE[random(CODE.length)] ?? ""}`,
  (_, random) => Array.from({ length: 1 + random(64) }, () => visible(random)).join(""),
];

function visible(random: Random): string {
  return CHARACTERS.charAt(random(CHARACTERS.length - 1));
}

function changed(secret: string, random: Random, change: (letter: string) => string): string {
  const place = random(secret.length);
  return `${secret.slice(0, place)}${change(secret.charAt(place))}${secret.slice(place + 1)}`;
}

/** A value that HTTP, too, does not take for the secret: spaces around a value are not part of it. */
export function forgedValue(secret: string, random: Random): string {
  const forger = FORGERS[random(FORGERS.length)];
  const value = forger?.(secret, random) ?? "";
  return value.trim() === secret ? "" : value;
}

/** Header names that are not `name`. */
const OTHER_NAMES: readonly ((name: string) => string)[] = [
  (name) => `X-${name}`,
  (name) => `${name}-`,
  (name) => name.replaceAll("-", "_"),
  (name) => name.slice(0, -1),
  () => "Authorization",
  () => "X-Api-Key",
  () => "Cookie",
];

/**
 * A request without the secret where it counts. In one of the ways in which a forger might try: another value, the right one in
 * another header, in the path, the query or the body, several values, or none.
 */
export function forgedRequest(name: string, secret: string, random: Random): LoadRequest {
  const body = `forged ${random(2 ** 31)}`;
  const value = bytesOf(forgedValue(secret, random));
  const spelling = [name, name.toLowerCase(), name.toUpperCase()][random(3)] ?? name;
  const query = `?${name}=${encodeURIComponent(secret)}&${name.toLowerCase()}=${encodeURIComponent(secret)}`;
  switch (random(8)) {
    case 0:
      return { headers: [], body };
    case 1:
      return { headers: [], body, path: query };
    case 2:
      return { headers: [], body: `${name}: ${secret}\r\n\r\nAction=SendMessage&MessageBody=${body}` };
    case 3:
      return { headers: [OTHER_NAMES[random(OTHER_NAMES.length)]?.(name) ?? "X-Other", secret], body };
    case 4:
      // The last of several values of one name counts.
      return { headers: [spelling, secret, spelling, value], body };
    case 5:
      return { headers: [name, secret, name.toLowerCase(), [secret, value][random(2)] ?? value], body };
    case 6:
      return { headers: [spelling, value], body, path: query };
    default:
      return { headers: [spelling, value], body };
  }
}

/** UTF-8 as a header has it: a character a byte. */
function bytesOf(text: string): string {
  return Buffer.from(text).toString("latin1");
}
