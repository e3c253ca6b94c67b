/** Most characters of a job's log that are kept. */
const longest = 8 * 1024 * 1024;

/** A job's log as GitHub keeps it: a time before each line, secrets masked, workflow commands carried out. */
export class JobLog {
  readonly #clock: () => Date;
  readonly #masks = new Set<string>();
  #text = '';
  #open = '';

  constructor(clock: () => Date, secrets: readonly string[]) {
    this.#clock = clock;
    for (const secret of secrets) this.mask(secret);
  }

  /** Never shows this value from now on, nor a line of it. */
  mask(value: string): void {
    for (const line of value.split(/\r?\n/)) if (line.trim() !== '') this.#masks.add(line);
  }

  /** Takes what a step prints, in pieces. */
  write(piece: string): void {
    const lines = (this.#open + piece).split(/\r?\n/);
    this.#open = lines.pop() ?? '';
    for (const line of lines) this.line(line);
  }

  line(line: string): void {
    const command = /^::([\w-]+)(?: .*?)?::(.*)$/.exec(line.trimStart());
    const [, name = '', value = ''] = command ?? [];
    if (command === null) this.#keep(line);
    else if (name === 'add-mask') this.mask(unescaped(value));
    else if (name === 'endgroup') this.#keep('##[endgroup]');
    else if (name !== 'debug') this.#keep(`##[${name}]${unescaped(value)}`);
  }

  /** Ends a line that was left unfinished. */
  endLine(): void {
    if (this.#open !== '') this.write('\n');
  }

  /** All of it, an unfinished line included. */
  text(): string {
    this.endLine();
    return this.#text;
  }

  #keep(line: string): void {
    if (this.#text.length > longest) return;
    const longestFirst = [...this.#masks].sort((a, b) => b.length - a.length);
    const shown = longestFirst.reduce((text, secret) => text.replaceAll(secret, '***'), line);
    this.#text += `${this.#clock().toISOString()} ${shown}\n`;
  }
}

/** A command's value as it was before it was escaped for one line. */
function unescaped(value: string): string {
  return value.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
