import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DefinitionNode, Kind, parse, print } from 'graphql';
import { schemaText } from '../graphql/schema.ts';

/**
 * Makes github-subset.graphql again: GitHub's own definitions of the types and fields that the forge serves, cut from the
 * schema that `@octokit/graphql-schema` (MIT) ships. Prose and directives go.
 * Run: `node src/forge/schema/cut-graphql.ts [TARBALL]`; without one, npm fetches the package.
 */
const version = '15.26.1';

interface Named {
  readonly name: { readonly value: string };
}

function readSchema(tarball: string | undefined): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'graphql-'));
  try {
    const pack = ['pack', `@octokit/graphql-schema@${version}`, '--silent', '--pack-destination', folder];
    const file = tarball ?? path.join(folder, execFileSync('npm', pack, { encoding: 'utf8' }).trim());
    execFileSync('tar', ['-xzf', path.resolve(file), '-C', folder, 'package/schema.graphql']);
    return readFileSync(path.join(folder, 'package/schema.graphql'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function bare<T extends object>(node: T): T {
  const { description: _prose, directives: _directives, ...kept } = node as Record<string, unknown>;
  return kept as T;
}

function membersOf(node: DefinitionNode): readonly Named[] {
  if ('fields' in node) return node.fields ?? [];
  return node.kind === Kind.ENUM_TYPE_DEFINITION ? (node.values ?? []) : [];
}

/** GitHub's definition of a type, with the fields or values alone that `served` has too. */
function cut(github: DefinitionNode, served: DefinitionNode): DefinitionNode {
  const names = new Set(membersOf(served).map((one) => one.name.value));
  const kept = membersOf(github).filter((one) => names.has(one.name.value));
  const members = kept.map((one) =>
    'arguments' in one && Array.isArray(one.arguments)
      ? { ...bare(one), arguments: one.arguments.map(bare) }
      : bare(one),
  );
  const part = github.kind === Kind.ENUM_TYPE_DEFINITION ? { values: members } : { fields: members };
  return { ...bare(github), ...part } as DefinitionNode;
}

const nameOf = (node: DefinitionNode) => ('name' in node ? (node.name?.value ?? '') : '');
const all = new Map(parse(readSchema(process.argv[2])).definitions.map((node) => [nameOf(node), node]));
const definitions = parse(schemaText).definitions.flatMap((served) => {
  const github = all.get(nameOf(served));
  return github === undefined ? [] : [cut(github, served)];
});
const text = print({ kind: Kind.DOCUMENT, definitions });
writeFileSync(new URL('github-subset.graphql', import.meta.url), `${text}\n`);
