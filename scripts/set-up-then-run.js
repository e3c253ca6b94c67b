import path from 'node:path';
import { handOver } from '../bin/hand-over.js';
import { installedNode } from '../bin/project-node.js';
import { repositoryRoot } from './repository-root.js';
import { dockerHostOf } from './setup/engine-api.js';
import { requireEngine } from './setup/find-engine.js';
import { setUp } from './setup/set-up.js';

/**
 * Sets up, then runs a program of the project; where set-up fails, or only was to check, it ends with its status.
 * @param {readonly import('./setup/set-up.js').Step[]} steps
 * @param {readonly string[]} program a file, relative to the project's folder, and its arguments
 * @param {{ quiet?: boolean }} [options] `quiet` keeps standard output for the program: progress goes to standard error
 */
export async function setUpThenRun(steps, [file, ...args], { quiet = false } = {}) {
  const stream = quiet ? process.stderr : process.stdout;
  const status = await setUp(steps, {
    root: repositoryRoot,
    env: process.env,
    write: (text) => stream.write(text),
  });
  if (status !== 0 || process.env.GASTOWN_SETUP === 'check') {
    process.exitCode = status;
    return;
  }
  const node = installedNode(repositoryRoot)?.path ?? process.execPath;
  handOver(node, [path.join(repositoryRoot, file), ...args], {
    env: await environment(),
  });
}

/** What the program starts finds the same Node and the same engine. */
async function environment() {
  const endpoint = await requireEngine(process.env);
  const own = path.join(repositoryRoot, 'node_modules', '.bin');
  return {
    ...process.env,
    DOCKER_HOST: process.env.DOCKER_HOST || dockerHostOf(endpoint),
    PATH: `${own}${path.delimiter}${process.env.PATH ?? ''}`,
  };
}
