import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { allEvents } from '../load-identity.ts';
import { operations } from '../routes/operations.ts';

/**
 * Makes github-subset.json again: the operations that the forge serves and the webhooks that it sends, with every
 * schema they reach, cut from GitHub's OpenAPI document as `@octokit/openapi` (MIT) ships it. Prose and examples go.
 * Run: `node src/forge/schema/cut-subset.ts [TARBALL]`; without one, npm fetches the package.
 */
const version = '23.0.2';
const dropped = new Set([
  'description',
  'summary',
  'tags',
  'externalDocs',
  'examples',
  'example',
  'x-github',
]);

type Node = Record<string, unknown>;

function readDocument(tarball: string | undefined): Node {
  const folder = mkdtempSync(path.join(tmpdir(), 'openapi-'));
  try {
    const pack = ['pack', `@octokit/openapi@${version}`, '--silent', '--pack-destination', folder];
    const file = tarball ?? path.join(folder, execFileSync('npm', pack, { encoding: 'utf8' }).trim());
    const name = 'package/generated/api.github.com.json';
    execFileSync('tar', ['-xzf', path.resolve(file), '-C', folder, name]);
    return JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Node;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A copy without prose. A property may itself be called `description`: names of properties are kept. */
function strip(node: unknown, names = false): unknown {
  if (Array.isArray(node)) return node.map((entry) => strip(entry));
  if (typeof node !== 'object' || node === null) return node;
  const kept = Object.entries(node).filter(([key]) => names || !dropped.has(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, strip(value, key === 'properties' && !names)]));
}

function at(document: Node, reference: string): unknown {
  const parts = reference.slice(2).split('/');
  return parts.reduce<unknown>((node, part) => (node as Node)[part], document);
}

/** Adds every component that `node` reaches to `found`. */
function reach(document: Node, node: unknown, found: Map<string, unknown>): void {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === '$ref' && typeof value === 'string') {
      if (found.has(value)) continue;
      const target = strip(at(document, value));
      found.set(value, target);
      reach(document, target, found);
    } else reach(document, value, found);
  }
}

function cut(document: Node): Node {
  const paths: Node = {};
  const served = new Set(operations.map((one) => one.operationId));
  for (const [template, methods] of Object.entries(document.paths as Node)) {
    const kept = Object.entries(methods as Node).filter(([, one]) =>
      served.has(String((one as Node).operationId)),
    );
    if (kept.length > 0) paths[template] = strip(Object.fromEntries(kept), true);
  }
  const events = [...allEvents, 'ping', 'installation'].map((name) => name.replaceAll('_', '-'));
  const webhooks = Object.entries(document['x-webhooks'] as Node)
    .filter(([name]) => events.some((event) => name === event || name.startsWith(`${event}-`)))
    .map(([name, webhook]): [string, unknown] => [name, strip(webhook)]);
  const found = new Map<string, unknown>();
  const subset: Node = { paths: strip(paths), 'x-webhooks': Object.fromEntries(webhooks) };
  reach(document, subset, found);
  const components: Record<string, Node> = {};
  for (const [reference, target] of [...found].sort(([a], [b]) => a.localeCompare(b))) {
    const [, , kind = '', name = ''] = reference.split('/');
    components[kind] = { ...components[kind], [name]: target };
  }
  return { openapi: '3.0.3', info: { title: 'subset', version }, ...subset, components };
}

const target = new URL('github-subset.json', import.meta.url);
writeFileSync(target, `${JSON.stringify(cut(readDocument(process.argv[2])))}\n`);
