import { expect, test } from 'vitest';
import type { RecordedEvent } from '../../domain/event.ts';
import { at } from '../../testing/actions/actions-world.ts';
import { townWorld } from '../../testing/actions/town-world.ts';
import { polecat, write } from '../../testing/town/convoy-script.ts';

const script = { parts: [polecat('Alpha', [write('one.txt'), write('two.txt'), write('three.txt')])] };

test('no server: a note and a stop reach the session that works the bead in another job', {
  timeout: 300_000,
}, async () => {
  const began = Promise.withResolvers<void>();
  const told = Promise.withResolvers<RecordedEvent>();
  const noted = Promise.withResolvers<void>();
  const asked: string[] = [];
  const world = await townWorld(script, {
    config: 'verify: ls one.txt\n',
    rehearsal: {
      onRequest: ({ messages }) => asked.push(JSON.stringify(messages.at(-1))),
      async thinking({ step }) {
        if (step === 0) return;
        began.resolve();
        if (step === 1) await told.promise;
        else noted.resolve();
        if (step === 2) await new Promise(() => null);
      },
    },
    meanwhile({ task }, ledger) {
      if (task.kind !== 'bead') return;
      const handle = (event: RecordedEvent): void => {
        if (event.type === 'SessionNudged') told.resolve(event);
      };
      ledger.subscribe({ after: 'now', handle, onError: () => null });
    },
  });
  const say = (body: string) => world.owner.rest.issues.createComment({ ...at, issue_number: 1, body });
  await world.owner.rest.issues.create({ ...at, title: 'Alpha', labels: ['polecat'] });
  await began.promise;
  await say('/note Mind the tabs.');
  await noted.promise;
  expect((await told.promise).actor).toBe('overseer:acme');
  expect(asked.filter((one) => one.includes('A person notes on bead 1'))).toEqual([
    expect.stringContaining('Mind the tabs.'),
  ]);
  await say('/stop Not that way.');
  await world.forge.runsSettled();
  expect(
    (await world.jobs()).filter((job) => !job.endsWith(': success')),
    await world.logs(),
  ).toEqual([]);
  expect(await world.refs()).toEqual(['refs/gas-town/archive']);
});
