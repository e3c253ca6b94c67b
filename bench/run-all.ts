import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type BenchRun, benchPage } from './bench-page.ts';
import { describeMachine } from './describe-machine.ts';
import type { Row } from './row.ts';
import { rowLine } from './row-text.ts';
import { suiteNames } from './suites.ts';

const docs = `${import.meta.dirname}/../docs`;

/**
 * Measures every suite, one after the other and each in a process of its own, and writes `docs/benchmarks.json` and the page
 * made from it. A suite that errs does not keep the others from being measured; the page says so, and the run fails.
 */
export async function runAll(json: boolean): Promise<number> {
  const machine = await describeMachine();
  if (!json) console.log(machine.join('\n'));
  const measured: Row[] = [];
  const failed: string[] = [];
  const left = [...suiteNames()];
  for (let suite = left.shift(); suite !== undefined; suite = left.shift()) {
    if (!json) console.log(`\n${suite}`);
    const code = await runSuite(suite, (row) => {
      measured.push(row);
      console.log(json ? JSON.stringify(row) : rowLine(row));
    });
    if (code !== 0) failed.push(suite);
    // Written after each, so that a run which is stopped has not measured in vain.
    keep({ machine, rows: measured, failed: [...failed, ...left] });
  }
  if (failed.length === 0) return 0;
  console.error(`These suites did not end well: ${failed.join(', ')}.`);
  return 1;
}

function keep(run: BenchRun): void {
  writeFileSync(`${docs}/benchmarks.json`, `${JSON.stringify(run, null, 2)}\n`);
  writeFileSync(`${docs}/benchmarks.md`, benchPage(run));
}

async function runSuite(suite: string, take: (row: Row) => void): Promise<number> {
  const child = spawn(process.execPath, [`${import.meta.dirname}/run.ts`, suite, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  // A suite writes a row a line and nothing else.
  for await (const line of createInterface({ input: child.stdout })) take(JSON.parse(line) as Row);
  const [code] = await ended;
  return typeof code === 'number' ? code : 1;
}
