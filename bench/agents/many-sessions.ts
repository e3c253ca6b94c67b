import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { createModelPort } from '../../src/adapters/openai/create-model-port.ts';
import { runSession } from '../../src/agent/run-session.ts';
import type { SessionSpec } from '../../src/agent/session.ts';
import { answer, defineTool } from '../../src/agent/tool.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { absolute, type Row } from '../row.ts';

const sessions = 500;
const replies = 10;
const latencyMs = 1_000;

const page = 'What a tool found, line by line, as they do.\n'.repeat(40);
const look = defineTool({
  name: 'look',
  description: 'look',
  parameters: z.object({ at: z.string() }),
  run: async ({ at }) => answer(`${at}\n${page}`),
});

/**
 * Five hundred sessions at once in one process, on a ledger on disk and an endpoint in another process that takes a second for
 * each reply. They begin spread over the first second, as work comes in.
 */
export async function manySessions(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'gas-town-bench-'));
  const endpoint = spawn(
    process.execPath,
    [fileURLToPath(new URL('model-process.ts', import.meta.url)), `${latencyMs}`, `${replies}`],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const [baseURL] = (await once(createInterface({ input: endpoint.stdout }), 'line')) as [string];
  const ledger = openLedger({ path: join(folder, 'ledger.db'), clock: () => new Date() });
  const late: number[] = [];
  let peak = 0;
  const sampling = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 250);
  try {
    const model = createModelPort({ baseURL, apiKey: 'any' });
    const stops = await Promise.all(
      Array.from({ length: sessions }, async (_, at) => {
        await delay((at * latencyMs) / sessions);
        const deps = {
          ledger,
          model,
          clock: () => new Date(),
          onProgress: (step: { kind: string; latencyMs?: number }) => {
            if (step.kind === 'replied') late.push((step.latencyMs ?? 0) - latencyMs);
          },
        };
        return runSession(deps, specOf(randomUUID()), new AbortController().signal);
      }),
    );
    const unfinished = stops.filter((stop) => stop.status !== 'ended' || stop.outcome !== 'finished');
    if (unfinished.length > 0)
      throw new Error(`${unfinished.length} sessions did not finish: ${JSON.stringify(unfinished[0])}`);
  } finally {
    clearInterval(sampling);
    await ledger.close();
    endpoint.stdin.end();
    await once(endpoint, 'exit');
    await rm(folder, { recursive: true });
  }
  const worst = late.reduce((a, b) => Math.max(a, b), 0);
  return [
    absolute('agents', {
      name: 'sessions-500-rss-mb',
      value: peak / 2 ** 20,
      unit: 'MiB',
      target: 600,
      better: 'lower',
    }),
    absolute('agents', {
      name: 'sessions-500-late-ms',
      value: worst,
      unit: 'ms',
      target: 100,
      better: 'lower',
    }),
  ];
}

const specOf = (id: string): SessionSpec => ({
  id,
  role: 'polecat',
  convoy: null,
  bead: null,
  attempt: null,
  models: ['rehearsal-polecat'],
  system: 'You are a polecat. '.repeat(150),
  briefing: 'Your bead is [1]. '.repeat(100),
  tools: [look],
  maxIterations: 25,
});
