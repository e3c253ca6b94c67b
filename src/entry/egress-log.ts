import { appendFile, rename, stat } from 'node:fs/promises';
import { type EgressLine, egressFiles } from '../faces/operations/egress/egress-file.ts';

/** Past this the log is put aside as `egress.1.jsonl`, in place of the one before. */
const maxBytes = 8 * 2 ** 20;

export interface EgressLog {
  add(line: EgressLine): void;
  /** Resolves when all lines are written. */
  settled(): Promise<void>;
}

/** Keeps what containers asked the network for as `egress.jsonl` in the town's folder, a JSON object a line, 16 MiB at most. */
export function createEgressLog(folder: string, onTrouble: (error: unknown) => void): EgressLog {
  const { now, before } = egressFiles(folder);
  let writing = Promise.resolve();
  const write = async (text: string): Promise<void> => {
    await appendFile(now, text, { mode: 0o600 });
    const { size } = await stat(now);
    if (size > maxBytes) await rename(now, before);
  };
  return {
    add(line) {
      writing = writing.then(() => write(`${JSON.stringify(line)}\n`)).catch(onTrouble);
    },
    settled: () => writing,
  };
}
