/** Tells whether a MIME type is one of the API's binary media types; a type with two stars stands for all. */
export type BinaryTest = (type: string) => boolean;

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html */
export function binaryTest(binaryMediaTypes: readonly string[]): BinaryTest {
  const types = new Set(binaryMediaTypes.map((type) => type.toLowerCase()));
  if (types.has("*/*")) return () => true;
  return (type) => types.has(type);
}
