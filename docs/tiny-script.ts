import type { ScriptedBead } from '../demo/scenarios/scenario.ts';
import { scriptOf } from '../demo/scenarios/script-of.ts';
import { shell, writeFile } from '../demo/scenarios/steps.ts';
import type { RehearsalScript } from '../src/testing/rehearsal/script.ts';

/** A model that answers the orders of the documents with the smallest work that passes their verification. */
export const tinyScript: RehearsalScript = {
  parts: [
    ...partsFor('rate limiter', [
      'Write the first module',
      'Write the second module',
      'Write the third module',
    ]),
    ...partsFor('prints the version', ['Write the version module']),
  ],
};

function partsFor(order: string, titles: readonly string[]): RehearsalScript['parts'] {
  const { parts } = scriptOf({
    name: order,
    task: order,
    setup: [],
    verify: 'python3 -m pytest -q',
    prepare: async () => {},
    plan: 'The order is split.',
    beads: titles.map(tinyBead),
    resolution: null,
    report: 'It is done.',
  });
  return parts.map((part) => (part.role === 'mayor' ? { ...part, about: order } : part));
}

function tinyBead(title: string): ScriptedBead {
  const name = title.split(' ')[2] ?? 'some';
  return {
    title,
    description: '',
    acceptance: '',
    needs: [],
    topic: name,
    work: [
      {
        say: 'A module and its test.',
        calls: [
          writeFile(`${name}.py`, `def ${name}():\n    return '${name}'\n`),
          writeFile(
            `test_${name}.py`,
            `import ${name}\n\n\ndef test():\n    assert ${name}.${name}() == '${name}'\n`,
          ),
        ],
      },
      shell('Does it pass?', 'python3 -m pytest -q'),
    ],
    shows: /\d+ passed/,
    evidence: 'It passes.',
  };
}
