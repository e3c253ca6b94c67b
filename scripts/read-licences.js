import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/**
 * The licence of every installed package that the published one depends on, as the package itself declares it.
 * @param {string} root the project's folder, with its node_modules
 * @returns {readonly { name: string, version: string, licence: string | null }[]} ordered by name
 */
export function readLicences(root) {
  const { packages } = readJson(path.join(root, 'package-lock.json'));
  return Object.entries(packages)
    .filter(([folder, { dev, devOptional }]) => folder !== '' && !dev && !devOptional)
    .filter(([folder]) => existsSync(path.join(root, folder, 'package.json')))
    .map(([folder]) => {
      const { name, version, license, licenses } = readJson(path.join(root, folder, 'package.json'));
      // Packages from before SPDX expressions list objects.
      return { name, version, licence: license ?? licenses?.map(({ type }) => type).join(' OR ') ?? null };
    })
    .toSorted((one, other) => one.name.localeCompare(other.name));
}
