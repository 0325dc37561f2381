/** A table of codes as lines `from=to`. */
export function textOfMap(map: readonly { from: string; to: string }[]): string {
  return map.map(({ from, to }) => `${from}=${to}`).join('\n');
}

/** The lines that say something; without `=` a line stands for itself. */
export function mapOfText(text: string): { from: string; to: string }[] {
  return text.split('\n').flatMap((line) => {
    const at = line.indexOf('=');
    const from = (at < 0 ? line : line.slice(0, at)).trim();
    return from === '' ? [] : [{ from, to: at < 0 ? from : line.slice(at + 1).trim() }];
  });
}
