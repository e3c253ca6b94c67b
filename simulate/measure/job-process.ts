import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { processorSeconds } from './process-cost.ts';

/** Runs a program and adds to a file, a line for each, what processor time it took with all that it started. */
const [program = '', ...args] = process.argv.slice(2);
const child = spawn(process.execPath, [program, ...args], { stdio: 'inherit' });
// The whole group is told to end: this stays to write down what it took.
process.on('SIGINT', () => undefined);
const [code] = await once(child, 'close');
appendFileSync(process.env.SIMULATE_JOB_COSTS ?? '/dev/null', `${processorSeconds('self').children}\n`);
process.exitCode = typeof code === 'number' ? code : 1;
