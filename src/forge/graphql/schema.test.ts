import { readFileSync } from 'node:fs';
import { type DefinitionNode, Kind, parse, print } from 'graphql';
import { expect, test } from 'vitest';
import { schemaText } from './schema.ts';

const github = parse(readFileSync(new URL('../schema/github-subset.graphql', import.meta.url), 'utf8'));

/** What a client relies on in a definition: each field with its type and arguments, each input field, each value. */
function members(node: DefinitionNode): readonly string[] {
  if (node.kind === Kind.ENUM_TYPE_DEFINITION) return (node.values ?? []).map(print);
  if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) return (node.fields ?? []).map(print);
  if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) return [];
  return (node.fields ?? []).flatMap((field) => [
    `${field.name.value}: ${print(field.type)}`,
    ...(field.arguments ?? []).map((argument) => `${field.name.value}(${print(argument)})`),
  ]);
}

test('every type, field, argument and value that is served is one of GitHub, of the same type', () => {
  const theirs = new Map(
    github.definitions.map((node) => ['name' in node ? node.name?.value : undefined, node]),
  );
  const strange = parse(schemaText).definitions.flatMap((node) => {
    const name = 'name' in node ? node.name?.value : undefined;
    const found = theirs.get(name);
    if (found?.kind !== node.kind) return [name];
    const known = new Set(members(found));
    return members(node)
      .filter((member) => !known.has(member))
      .map((member) => `${name}.${member}`);
  });
  expect(strange).toEqual([]);
});
