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
import type { ModelPort } from '../../src/agent/ports/model.ts';
import { runSession } from '../../src/agent/run-session.ts';
import type { SessionSpec } from '../../src/agent/session.ts';
import type { SessionDeps } from '../../src/agent/session-run.ts';
import { answer, defineTool } from '../../src/agent/tool.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import type { Ledger } from '../../src/ledger/ports/ledger.ts';
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
  let peak = 0;
  const sampling = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 250);
  try {
    const model = createModelPort({ baseURL, apiKey: 'any' });
    // The first sessions of a process wait for its code to be compiled, which is not what is asked here.
    await runAll(ledger, model, 100);
    const late = await runAll(ledger, model, sessions);
    const worst = late.reduce((a, b) => Math.max(a, b), 0);
    return [
      figure('sessions-500-rss-mb', peak / 2 ** 20, 'MiB', 600),
      figure('sessions-500-late-ms', worst, 'ms', 100),
    ];
  } finally {
    clearInterval(sampling);
    await ledger.close();
    endpoint.stdin.end();
    await once(endpoint, 'exit');
    await rm(folder, { recursive: true });
  }
}

const figure = (name: string, value: number, unit: string, target: number): Row =>
  absolute('agents', { name, value, unit, target, better: 'lower' });

/** Runs sessions to their ends, and gives how many milliseconds later than its latency each reply was there. */
async function runAll(ledger: Ledger, model: ModelPort, count: number): Promise<readonly number[]> {
  const late: number[] = [];
  const deps: SessionDeps = {
    ledger,
    model,
    clock: () => new Date(),
    onProgress: (step) => {
      if (step.kind === 'replied') late.push(step.latencyMs - latencyMs);
    },
  };
  const stops = await Promise.all(
    Array.from({ length: count }, async (_, at) => {
      await delay((at * latencyMs) / count);
      return runSession(deps, specOf(randomUUID()), new AbortController().signal);
    }),
  );
  const unfinished = stops.filter((stop) => stop.status !== 'ended' || stop.outcome !== 'finished');
  if (unfinished.length > 0) {
    throw new Error(`${unfinished.length} sessions did not finish: ${JSON.stringify(unfinished[0])}`);
  }
  return late;
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
