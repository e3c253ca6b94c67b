// Prints what the published package depends on, and under which licence: one package a line, separated by tabs.
import { readLicences } from './read-licences.js';
import { repositoryRoot } from './repository-root.js';

for (const { name, version, licence } of readLicences(repositoryRoot)) {
  process.stdout.write(`${licence ?? 'none'}\t${name}\t${version}\n`);
}
