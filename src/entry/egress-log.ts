import { appendFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Past this the log is put aside as `egress.1.jsonl`, in place of the one before. */
const maxBytes = 8 * 2 ** 20;

/** One line of the log: who asked for which host, and what came of it. */
export interface EgressLine {
  readonly at: string;
  readonly convoy: string;
  readonly by: 'setup' | 'agents';
  readonly host: string;
  readonly port: number;
  /** Why not; null when it was let through. */
  readonly refused: string | null;
}

export interface EgressLog {
  add(line: EgressLine): void;
  /** Resolves when all lines are written. */
  settled(): Promise<void>;
}

/** Keeps what containers asked the network for as `egress.jsonl` in the town's folder, a JSON object a line, 16 MiB at most. */
export function createEgressLog(folder: string, onTrouble: (error: unknown) => void): EgressLog {
  const file = join(folder, 'egress.jsonl');
  let writing = Promise.resolve();
  const write = async (text: string): Promise<void> => {
    await appendFile(file, text, { mode: 0o600 });
    const { size } = await stat(file);
    if (size > maxBytes) await rename(file, join(folder, 'egress.1.jsonl'));
  };
  return {
    add(line) {
      writing = writing.then(() => write(`${JSON.stringify(line)}\n`)).catch(onTrouble);
    },
    settled: () => writing,
  };
}
