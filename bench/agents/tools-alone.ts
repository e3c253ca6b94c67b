import type { Sandboxes, StartRequest } from '../../src/town/ports/sandbox.ts';
import { median, timed } from '../row.ts';

const times = 9;

/** Milliseconds that a bead's own tool calls (a look, a file written) take in a container while nothing else is at work. */
export async function measureToolsAlone(sandboxes: Sandboxes, request: StartRequest): Promise<number> {
  const sandbox = await sandboxes.start({ ...request, labels: { ...request.labels, session: 'alone' } });
  const taken: number[] = [];
  for (let at = 0; at < times; at += 1) {
    taken.push(
      await timed(async () => {
        await sandbox.exec('ls', { timeoutMs: 10_000 });
        await sandbox.writeFile(`made-${at}.txt`, Buffer.from(`made-${at}.txt\n`));
      }),
    );
  }
  await sandbox.remove();
  return median(taken);
}
