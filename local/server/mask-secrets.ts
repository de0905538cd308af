/**
 * Puts `***` wherever one of the secrets stands in a text, also as a part of it or URL-encoded. A secret of less than four
 * characters is masked only where it is the whole text.
 */
export function secretMask(secrets: readonly string[]): (text: string) => string {
  const forms = secretForms(secrets);
  return (text) => {
    let result = text;
    for (const form of forms) {
      if (result === form) return "***";
      if (form.length >= 4) result = result.replaceAll(form, "***");
    }
    return result;
  };
}

function secretForms(secrets: readonly string[]): string[] {
  const plain = secrets.flatMap((secret) => [secret, secret.replace(/^\w+ +/, "")]);
  const forms = new Set(
    plain.flatMap((text) => [
      text,
      encodeURIComponent(text.toWellFormed()),
      JSON.stringify(text).slice(1, -1),
    ]),
  );
  // The longest first: a part of it must not be replaced before.
  return [...forms].filter((text) => text !== "").sort((a, b) => b.length - a.length);
}
