import { internalServerError } from "./gateway-error";

const BASE64 = /^[\w+/-]*={0,2}$/;

/** Text that is to become bytes must be base64, line breaks apart; API Gateway answers 500 to anything else. */
export function decodeBase64(text: string): Buffer {
  if (!BASE64.test(text.replaceAll(/[\r\n]/g, ""))) throw internalServerError();
  return Buffer.from(text, "base64");
}
