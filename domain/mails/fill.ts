/** Fills `{name}` in a template of the ward; unknown names stay, so that a mistake in a template is seen. */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
