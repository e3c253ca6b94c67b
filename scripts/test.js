// The test suite: all set-up, then vitest in a Node that is new enough, with the arguments given here.
import { setUpThenRun } from './set-up-then-run.js';
import { testSteps } from './setup/steps.js';

await setUpThenRun(testSteps, ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)]);
