import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { absolute, median, type Row, timed } from '../row.ts';

const execute = promisify(execFile);
const gastown = fileURLToPath(new URL('../../bin/gastown', import.meta.url));
const rounds = 9;

/** `gastown --help` as a person waits for it, the process's own start included. */
export async function help(): Promise<Row> {
  const taken: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    taken.push(await timed(() => execute(process.execPath, [gastown, '--help'])));
  }
  return absolute('web', {
    name: 'cli-help-ms',
    value: median(taken.slice(1)),
    unit: 'ms',
    target: 200,
    better: 'lower',
  });
}
