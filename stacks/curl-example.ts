/** What a first request to a stack has, beside its body. */
export interface CurlExample {
  readonly headers: readonly string[];
  /** Parameters such as `tenant=value`, joined by `&`. */
  readonly query?: string;
  /** More options of curl's. */
  readonly options?: readonly string[];
}

/** The command that sends a first message. */
export function curlExample(url: string, { headers, query = "", options = [] }: CurlExample): string {
  const target = query === "" ? url : `"${url}?${query}"`;
  const written = [...headers, "Content-Type: application/json"].map((header) => `-H "${header}"`);
  return [`curl -X POST ${target}`, ...options, ...written].concat(`--data '{"status": "ok"}'`).join(" ");
}

/** The command that receives a message. */
export function receiveCurlExample(url: string, { headers, query = "", options = [] }: CurlExample): string {
  const target = `"${url}?count=1${query === "" ? "" : `&${query}`}"`;
  return [`curl ${target}`, ...options, ...headers.map((header) => `-H "${header}"`)].join(" ");
}
