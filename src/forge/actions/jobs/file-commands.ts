/** A file that a step wrote what GitHub does not understand into. */
export class FileCommandError extends Error {
  override readonly name = 'FileCommandError';
  readonly line: string;
  constructor(line: string) {
    super(`Invalid format '${line}'`);
    this.line = line;
  }
}

/** Reads `name=value` lines and `name<<DELIMITER` blocks, as GITHUB_OUTPUT and GITHUB_ENV hold them. @throws FileCommandError */
export function readFileCommands(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line === '') continue;
    const [, block, delimiter] = /^([^=<]+)<<(.+)$/.exec(line) ?? [];
    if (block !== undefined && delimiter !== undefined) {
      const end = lines.indexOf(delimiter, at + 1);
      if (end < 0) throw new FileCommandError(line);
      found[block] = lines.slice(at + 1, end).join('\n');
      at = end;
      continue;
    }
    const equals = line.indexOf('=');
    if (equals < 1) throw new FileCommandError(line);
    found[line.slice(0, equals)] = line.slice(equals + 1);
  }
  return found;
}
