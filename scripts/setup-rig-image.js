// Sees to it that the engine has the image that polecats work in: named after what it is built from, so built once.
import { repositoryRoot } from './repository-root.js';
import { setUp } from './setup/set-up.js';
import { image } from './setup/step-image.js';

process.exitCode = await setUp([image], {
  root: repositoryRoot,
  env: process.env,
  write: (text) => process.stdout.write(text),
});
