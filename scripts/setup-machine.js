// `gastown setup`: what a run needs on this machine, without what only the tests need.
import { repositoryRoot } from './repository-root.js';
import { setUp } from './setup/set-up.js';
import { demoSteps } from './setup/steps.js';

process.exitCode = await setUp(demoSteps, {
  root: repositoryRoot,
  env: process.env,
  write: (text) => process.stdout.write(text),
});
