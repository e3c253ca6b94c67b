import type { ScriptedBead } from '../scenario.ts';
import { after, type Edit, edit, read, shell, writeAll } from '../steps.ts';
import * as edits from './edits.ts';

const folder = (name: string): URL => new URL(`./files/${name}/`, import.meta.url);
const tests = "npx eslint --quiet --ext=js,mjs . && npx tape 'test/**/*.js' | tail -n 6";
const green = /^# ok$/m;

interface OptionBead {
  readonly option: string;
  readonly folder: string;
  readonly description: string;
  readonly acceptance: string;
  readonly edits: readonly Edit[];
}

/** A bead that adds one option to the parser, with tests of its own. */
function optionBead(bead: OptionBead): ScriptedBead {
  return {
    title: `Add ${bead.option}`,
    description: bead.description,
    acceptance: bead.acceptance,
    needs: [],
    topic: bead.option,
    work: [
      read('First the parser as it is.', 'index.js'),
      after(/module\.exports = function \(args, opts\)/, writeAll('The tests first.', folder(bead.folder))),
      edit('Now the parser.', ...bead.edits),
      shell('Linter and all tests.', tests),
    ],
    shows: green,
    evidence: `${bead.option} works and has tests; the linter and all other tests pass as before.`,
  };
}

const together: ScriptedBead = {
  title: 'Document the new options and test them together',
  description:
    'Describe opts.number, opts.choices, opts.required and opts.camelCase in the README, add an example program that uses them, ' +
    'and tests that use several of them on the same arguments.',
  acceptance: 'The README names all four; the example runs; the tests of all four together pass.',
  needs: [1, 2, 3, 4],
  topic: 'docs and example',
  work: [
    read('All four have landed. What does the README say of options so far?', 'README.md'),
    after(/opts\.unknown/, edit('The new options go after `opts.unknown`.', edits.readme)),
    writeAll('The example, and tests of the four together.', folder('together')),
    shell('Linter and all tests.', tests),
    after(green, shell('And the example by hand.', 'node example/checked.js --log-level debug --port 80')),
  ],
  shows: /"logLevel":"debug"/,
  evidence: 'The four options are documented, the example runs, and they work together.',
};

export const beads: readonly ScriptedBead[] = [
  optionBead({
    option: 'opts.number',
    folder: 'number',
    description:
      'A string or array of argument names that are always numbers. What is not a number becomes NaN; `--no-x` stays false; ' +
      'aliases count; a declared number is not unknown.',
    acceptance: 'Values, NaN, aliases and the unknown function are tested; all old tests pass unchanged.',
    edits: edits.number,
  }),
  optionBead({
    option: 'opts.choices',
    folder: 'choices',
    description:
      'An object of argument names to arrays of allowed values. Any other value, each of a repeated option and a default too, ' +
      'throws an error that names the option, the value and the choices.',
    acceptance:
      'Allowed, refused, repeated, default and dotted values are tested; all old tests pass unchanged.',
    edits: edits.choices,
  }),
  optionBead({
    option: 'opts.required',
    folder: 'required',
    description:
      'A string or array of argument names that must be there after aliases and defaults. All missing names are told in one error.',
    acceptance: 'Given, missing, aliased and dotted names are tested; all old tests pass unchanged.',
    edits: edits.required,
  }),
  optionBead({
    option: 'opts.camelCase',
    folder: 'camel-case',
    description:
      'When true, `--dry-run` also sets `argv.dryRun`, for aliases and defaults too. Off by default. An alias that has the ' +
      'camel-cased name already is not set twice.',
    acceptance:
      'Names, repeats, booleans, defaults, aliases and prototype keys are tested; all old tests pass unchanged.',
    edits: edits.camelCase,
  }),
  together,
];
