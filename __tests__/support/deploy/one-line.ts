/** Terraform draws a frame around messages and breaks their lines. */
export function onOneLine(output: string): string {
  return output.replace(/\s*[│╷╵]?\s*\n[│╷╵]?\s*/g, " ");
}
