import type { FileRead, FileWritten } from '../../../agent/ports/workspace.ts';
import { SandboxFailed } from '../engine/errors.ts';
import type { Lanes } from './lanes.ts';
import { feed, quote } from './shell-text.ts';

const TIMEOUT_MS = 30_000;
/** The exit status by which our own script says that a path is a folder. */
const IS_FOLDER = 90;

/** A path of the workspace as an absolute path of the container. */
const absolute = (path: string): string => (path.startsWith('/') ? path : `/workspace/${path}`);

export class WorkspaceFiles {
  readonly #lanes: Lanes;

  constructor(lanes: Lanes) {
    this.#lanes = lanes;
  }

  async read(
    path: string,
    options: { readonly maxBytes: number; readonly offset?: number },
  ): Promise<FileRead> {
    if (path.includes('\0')) return { status: 'missing' };
    const offset = options.offset ?? 0;
    const cut =
      offset === 0
        ? `head -c ${options.maxBytes + 1} "$f"`
        : `tail -c +${offset + 1} "$f" | head -c ${options.maxBytes}`;
    // A file that fits in one read needs no second look at its size.
    const [status, size, content] = await this.#sections(
      `f=${quote(absolute(path))}
if [ -d "$f" ]; then printf directory
elif [ ! -e "$f" ]; then printf missing
elif [ ! -f "$f" ]; then printf special
elif [ ! -r "$f" ]; then printf denied
else
printf read; $next
${offset === 0 ? '' : 'wc -c <"$f"'}
$next
${cut}
fi`,
      options.maxBytes + 64,
    );
    const word = status.toString('latin1');
    if (word === 'missing' || word === 'directory' || word === 'special' || word === 'denied') {
      return { status: word };
    }
    if (word !== 'read') throw this.#nonsense('reading', path);
    if (content.length <= options.maxBytes) {
      const whole = offset === 0 ? content.length : this.#number(size, path);
      return { status: 'read', bytes: content, sizeBytes: whole };
    }
    const [count] = await this.#sections(`wc -c <${quote(absolute(path))}`, 64);
    return {
      status: 'read',
      bytes: content.subarray(0, options.maxBytes),
      sizeBytes: this.#number(count, path),
    };
  }

  async write(path: string, bytes: Uint8Array): Promise<FileWritten> {
    if (path.includes('\0')) return { status: 'denied', reason: 'the path holds a NUL byte' };
    const sections: Buffer[] = [];
    const answer = await this.#lanes.call(
      `f=${quote(absolute(path))}; d=\${f%/*}
if [ -d "$f" ]; then status ${IS_FOLDER}; else
{ { [ -d "$d" ] || mkdir -p -- "$d"; } && ${feed(bytes, '>"$f"')}
} 2>&1
fi`,
      (_section, piece) => sections.push(piece) < 64,
      { timeoutMs: TIMEOUT_MS },
    );
    const said = Buffer.concat(sections).toString('utf8').trim();
    if (answer.status === 'lost') throw this.#nonsense('writing', path);
    if (answer.exit === 0) return { status: 'written' };
    if (answer.exit === IS_FOLDER) return { status: 'directory', reason: 'it is a folder' };
    return { status: 'denied', reason: said };
  }

  async #sections(script: string, most: number): Promise<readonly [Buffer, Buffer, Buffer]> {
    const pieces: Buffer[][] = [[], [], []];
    let size = 0;
    const answer = await this.#lanes.call(
      script,
      (section, piece) => {
        pieces[section]?.push(piece);
        size += piece.length;
        return size <= most + 256;
      },
      { timeoutMs: TIMEOUT_MS },
    );
    if (answer.status === 'lost') throw this.#nonsense('reading', script.slice(0, 200));
    const joined = (index: number): Buffer => Buffer.concat(pieces[index] ?? []);
    return [joined(0), joined(1), joined(2)];
  }

  #number(text: Buffer, path: string): number {
    const number = Number.parseInt(text.toString('latin1'), 10);
    if (!Number.isSafeInteger(number) || number < 0) throw this.#nonsense('reading', path);
    return number;
  }

  #nonsense(verb: string, path: string): SandboxFailed {
    const reason = 'the shell in the container gave no usable answer';
    return new SandboxFailed({ doing: `${verb} ${path}`, status: null, reason });
  }
}
