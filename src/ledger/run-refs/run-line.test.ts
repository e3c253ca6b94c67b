import { setTimeout as after } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { memoryRefs } from '../../testing/ledger/memory-refs.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { openLedger } from '../open-ledger.ts';
import { RunLine } from './run-line.ts';

const session = '0198a000-0000-7000-8000-000000000001';

it('pushes what is asked while a push runs as soon as that one has ended', async () => {
  const inner = openLedger({ path: temporaryFolder().file('run.db'), clock: () => new Date() });
  const { store } = memoryRefs();
  const begun = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const held = Promise.withResolvers<void>();
  let pushes = 0;
  const line = new RunLine({
    inner,
    refs: {
      ...store,
      push: async (moves) => {
        begun[pushes]?.resolve();
        pushes += 1;
        if (pushes === 1) await held.promise;
        return store.push(moves);
      },
    },
    order: { issue: 12, bead: 1, attempt: 1, turn: 1 },
    seal: 'withheld',
    pace: { askedMs: 60_000, idleMs: 60_000, soonMs: 60_000, longestMs: 60_000 },
    onTrouble: () => undefined,
  });
  onTestFinished(async () => {
    await line.close();
    await inner.close();
  });
  const hopeless = line.over.catch(() => undefined);
  void Promise.race([line.ask({ kind: 'claim', session, run: 7 }), hopeless]);
  await begun[0]?.promise;
  void Promise.race([line.ask({ kind: 'release', reason: 'tired', summary: '' }), hopeless]);
  // Its own time comes while the first push still runs: a timer that is set later ends later.
  await after(2);
  held.resolve();
  await begun[1]?.promise;
  expect(pushes).toBe(2);
});
