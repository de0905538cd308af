/** The MIME type of a `Content-Type` or of the first entry of an `Accept`, without parameters; JSON where there is none. */
export function mediaType(header: string | undefined): string {
  if (header === undefined || header === "") return "application/json";
  const end = header.search(/[;,]/);
  const type = (end === -1 ? header : header.slice(0, end)).trim().toLowerCase();
  return type === "" ? "application/json" : type;
}
