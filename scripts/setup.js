// Gets everything that the project needs on this machine. Plain JavaScript without dependencies, for any Node from 20 on.
import { repositoryRoot } from './repository-root.js';
import { setUp } from './setup/set-up.js';
import { testSteps } from './setup/steps.js';

process.exitCode = await setUp(testSteps, {
  root: repositoryRoot,
  env: process.env,
  write: (text) => process.stdout.write(text),
});
