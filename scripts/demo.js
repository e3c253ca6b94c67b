// The demo: all set-up, then the demo itself in a Node that is new enough, with the arguments given here.
import { setUpThenRun } from './set-up-then-run.js';
import { demoSteps } from './setup/steps.js';

const args = process.argv.slice(2);
await setUpThenRun(demoSteps, ['demo/run.ts', ...args], { quiet: args.includes('--json') });
