import type { Scenario } from '../scenario.ts';
import { shell } from '../steps.ts';
import { beads } from './beads.ts';
import { importPackage } from './import-package.ts';

const verify = "npx eslint --quiet --ext=js,mjs . && npx tape 'test/**/*.js'";

/** A published package gets four options at once. Two of them want the same line: one merge really conflicts. */
export const minimist: Scenario = {
  name: 'minimist',
  task: 'Let minimist check what it parses: opts.number, opts.choices, opts.required and opts.camelCase',
  setup: ['npm install --no-audit --no-fund --no-package-lock'],
  verify,
  prepare: importPackage,
  plan: [
    'Four options, four beads: each has tests of its own and they can be worked at once, because none needs another to be right.',
    'The README, an example and the tests of all four together come last, when the four have landed.',
  ].join(' '),
  beads,
  resolution: {
    work: [
      shell(
        'Both sides added a check before the same `return`. I look at the place.',
        "grep -n -B2 -A12 '^<<<<<<<' index.js",
      ),
      shell(
        'Neither check replaces the other: both stay, one after the other.',
        "sed -i -e '/^<<<<<<< /d' -e '/^||||||| /d' -e '/^=======$/d' -e '/^>>>>>>> /d' index.js && tail -n 20 index.js",
      ),
      {
        ...shell('The whole suite on the merged tree.', verify),
        expects: /checkChoices[\s\S]*checkRequired|checkRequired[\s\S]*checkChoices/,
      },
    ],
    report:
      'Both beads add a check before the final return; the merged tree runs both. All tests and the linter pass.',
  },
  report: [
    'minimist now takes opts.number, opts.choices, opts.required and opts.camelCase. What was there behaves as before:',
    'its own 153 assertions pass beside the new ones.',
  ].join(' '),
};
