import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const inDocs = await readdir(join(root, 'docs'), { recursive: true });
const pages = ['README.md', 'CONTRIBUTING.md', ...inDocs.map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
);

describe.each(pages)('%s', (page) => {
  it('points only at pages that exist', async () => {
    const markdown = await readFile(join(root, page), 'utf8');
    const links = [...markdown.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });

  it('names only files and folders of the source that exist', async () => {
    const markdown = await readFile(join(root, page), 'utf8');
    const paths = [...markdown.matchAll(/`((?:src|docs|roles|demo|bench|scripts|bin)\/[\w./-]*)`/g)];
    expect(paths.map((match) => match[1] ?? '').filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
