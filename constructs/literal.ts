/** Text that Terraform takes as it stands: without this it would read `${…}` and `%{…}` as its own expressions. */
export function literal(text: string): string {
  return text.replace(/[$%]\{/g, (start) => `${start.charAt(0)}${start}`);
}
