import { text } from "./rules";

/** Name of a request header. */
export const headerName = text({
  pattern: "^[A-Za-z0-9_-]{1,256}$",
  allowed: "the name of a header: letters, digits, hyphens, underscores",
  example: "X-GitHub-Event",
});

/** Name of a query parameter. */
export const queryParameterName = text({
  pattern: "^[A-Za-z0-9_.-]{1,256}$",
  allowed: "the name of a query parameter: letters, digits, hyphens, underscores, periods",
  example: "tenant",
});
