import type { RehearsalScript } from '../../src/testing/rehearsal/script.ts';

/** A session of so many replies: a call in each but the last. */
export const sessionScript = (replies: number): RehearsalScript => ({
  parts: [
    {
      role: 'polecat',
      steps: Array.from({ length: replies }, (_, turn) =>
        turn + 1 < replies
          ? { say: `Step ${turn + 1}.`, calls: [{ name: 'look', arguments: { at: `place ${turn}` } }] }
          : { say: 'Done.' },
      ),
    },
  ],
});
