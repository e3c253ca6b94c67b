// Names the published image in action.yml by its digest: node scripts/pin-action.js <repository@sha256:...>.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pinnedAction } from './pinned-action.js';
import { repositoryRoot } from './repository-root.js';

const file = path.join(repositoryRoot, 'action.yml');
const pinned = pinnedAction(readFileSync(file, 'utf8'), process.argv[2] ?? '');
if (pinned === undefined) {
  console.error('Name the image by its digest: node scripts/pin-action.js <repository@sha256:...>');
  process.exitCode = 2;
} else writeFileSync(file, pinned);
