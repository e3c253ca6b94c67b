import type { Part, RehearsalScript, Step } from '../rehearsal/script.ts';
import { awaitBeads, close, create, polecat, sling, write } from '../town/convoy-script.ts';

const beads = [{ title: 'Alpha' }, { title: 'Beta', needs: [1] }];

/** A verification that passes with one file or both. */
export const someThere = 'ls made-*.txt';

const report: Step = {
  calls: [{ name: 'report', arguments: { verdict: 'LANDED', text: 'It holds together.' } }],
};
const refinery: Part = {
  role: 'refinery',
  steps: [{ calls: [{ name: 'shell', arguments: { command: 'ls' } }] }, report, report, report],
};

/**
 * Two beads, the second on top of the first. Each says what it does twice where that does no harm, as a model would that
 * is told that its call was interrupted: so the script holds wherever the program is killed.
 */
export const twoFiles: RehearsalScript = {
  parts: [
    {
      role: 'mayor',
      steps: [
        ...beads.map((bead) => ({ calls: [create(bead)] })),
        { calls: [sling(1), sling(2)] },
        { calls: [sling(1), sling(2)] },
        { calls: [awaitBeads] },
        { say: 'Both are there.' },
        { say: 'Both are there.' },
      ],
    },
    ...[2, 1].map((number) => {
      const path = `made-${number}.txt`;
      const title = beads[number - 1]?.title ?? '';
      return polecat(title, [
        write(path),
        write(path),
        close(number),
        write(path),
        close(number),
        close(number),
      ]);
    }),
    refinery,
  ],
};
