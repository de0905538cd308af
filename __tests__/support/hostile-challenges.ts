import { HOSTILE_TEXTS } from "./hostile-texts";
import type { Random } from "./forged-requests";

/** Texts that mean something to browsers, HTTP, JSON, Velocity or Terraform. */
const PARTS: readonly string[] = [
  ...HOSTILE_TEXTS,
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  "<!--",
  "</title></head>",
  "<?xml version='1.0'?><!DOCTYPE x>",
  "javascript:alert(1)",
  "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
  "&lt;script&gt;&#60;b&#62;",
  "%3Cscript%3Ealert(1)%3C/script%3E",
  "%253Cscript%253E",
  "%0d%0aSet-Cookie:%20a=b",
  "\r\nSet-Cookie: a=b",
  "\r\n\r\n<html>",
  "\nContent-Type: text/html",
  "\u0085\u2029",
  '"}',
  '","statusCode":500,"a":"',
  "\\u003cb\\u003e",
  "\\",
  "${7*7}",
  "%{if true}x%{endif}",
  "#{7*7}{{7*7}}",
  "$context.identity.sourceIp",
  "$context.requestId",
  "$stageVariables.x",
  "$input.params('hub.verify_token')",
  "$input.path('$')",
  "$util.base64Decode('PGI+')",
  "#set($challenge = 'x')#set($text = 'x')",
  "#set($context.responseOverride.header.Location = 'x')",
  "#evaluate('$context') #parse('x') #include('x') #macro(a)b#end",
  "$text.getClass().forName('java.lang.Runtime')",
  "' || 'a' == 'a",
  "')) #end {\"statusCode\": 200} #if(('",
  "\uff1cscript\uff1e",
  "\u202egpj.exe",
  "a".repeat(1000),
  "a".repeat(1025),
];

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.: ";

/** As a sender makes one. */
function harmless(random: Random): string {
  const length = 1 + random(80);
  return Array.from({ length }, () => LETTERS.charAt(random(LETTERS.length))).join("");
}

/** A challenge: one in five as a sender makes it, the others with hostile parts. */
export function hostileChallenge(random: Random): string {
  if (random(5) === 0) return harmless(random);
  const parts = Array.from({ length: 1 + random(3) }, () => PARTS[random(PARTS.length)] ?? "");
  const at = random(parts.length + 1);
  return random(2) === 0
    ? parts.join("")
    : [...parts.slice(0, at), harmless(random), ...parts.slice(at)].join("");
}

/** A query that has the challenge under this name, in one of the ways in which somebody may write it. */
export function hostileQuery(name: string, challenge: string, random: Random): string {
  const encoded = encodeURIComponent(challenge);
  const others = [
    `${name}=${encoded.replaceAll("%20", "+")}`,
    `${name}=${encodeURIComponent(encoded)}`,
    // Only what a request's first line can't hold.
    `${name}=${challenge.replaceAll(/[^\x21-\x7e]|[#%&+]/gu, (character) => encodeURIComponent(character))}`,
    `${name}=first&${name}=${encoded}`,
    `${name}=${encoded}&${name}=last`,
    `${name}[]=${encoded}`,
    `${name}[0]=${encoded}&${name}=`,
    `${name.toUpperCase()}=${encoded}`,
    `${encoded}=${name}`,
    `${encodeURIComponent(name)}=${encoded}&${encoded}`,
  ];
  return random(2) === 0 ? `${name}=${encoded}` : (others[random(others.length)] ?? "");
}

/** The challenge as a header can carry it: its bytes, without those that end a line or that HTTP forbids. */
export function hostileHeader(challenge: string): string {
  return Buffer.from(challenge.replaceAll(/[\u0000-\u0008\u000a-\u001f\u007f]/g, "")).toString("latin1");
}
