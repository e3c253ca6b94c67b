import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Debian's package sources of one suite (and its updates and security fixes), as this host has them.
 * @param {string} suite for example `bookworm`
 * @param {string} [folder] the host's apt settings
 * @returns {{ mirror: string, text: string } | undefined} the suite's mirror and the lines of a `sources.list`;
 *   undefined on a host of another suite or distribution
 */
export function hostSources(suite, folder = '/etc/apt') {
  const more = path.join(folder, 'sources.list.d');
  const files = [path.join(folder, 'sources.list'), ...(existsSync(more) ? filesIn(more) : [])];
  const texts = files.filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8'));
  const entries = texts
    .flatMap((text) => [...oneLineEntries(text), ...paragraphEntries(text)])
    .filter((entry) => entry.uri.startsWith('http') && isOf(suite, entry.suite));
  const main = entries.find((entry) => entry.suite === suite);
  if (!main) return undefined;
  return {
    mirror: main.uri,
    text: entries.map((entry) => `deb ${entry.uri} ${entry.suite} main\n`).join(''),
  };
}

function filesIn(folder) {
  return readdirSync(folder)
    .sort()
    .map((name) => path.join(folder, name));
}

function isOf(suite, name) {
  return name === suite || name === `${suite}-updates` || name === `${suite}-security`;
}

/** Entries such as `deb [options] http://mirror/debian bookworm main`. */
function oneLineEntries(text) {
  return [...text.matchAll(/^deb[ \t]+(?:\[[^\]]*\][ \t]+)?(\S+)[ \t]+(\S+)[ \t]+(.+)$/gm)]
    .filter(([, , , components]) => components.split(/\s+/).includes('main'))
    .map(([, uri, suite]) => ({ uri, suite }));
}

/** Entries of the newer form, one field a line, a blank line between two. */
function paragraphEntries(text) {
  return text.split(/\n\s*\n/).flatMap((paragraph) => {
    const field = (name) => valuesOf(paragraph, name);
    if (!field('Types').includes('deb') || !field('Components').includes('main')) return [];
    if (field('Enabled').includes('no')) return [];
    return field('URIs').flatMap((uri) => field('Suites').map((suite) => ({ uri, suite })));
  });
}

function valuesOf(paragraph, name) {
  const value = new RegExp(`^${name}:[ \\t]*(.+)$`, 'm').exec(paragraph)?.[1];
  return value ? value.trim().split(/\s+/) : [];
}
