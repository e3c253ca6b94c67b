import { expect, test } from 'vitest';
import { refineryUnderTest } from '../../testing/refinery/refinery-under-test.ts';
import { refineryDesk } from './refinery-desk.ts';
import { sessionFor } from './refinery-session.ts';

test('a session goes on for the same work, and is closed when its work was overtaken', async () => {
  const rig = await refineryUnderTest({ base: { a: '' } });
  const other = await rig.close(1, { b: 'b\n' });
  const desk = await refineryDesk(rig.town, rig.stream);
  const job = { why: 'conflict', bead: 1, startFrom: rig.base } as const;
  const first = await sessionFor(desk, job);
  expect(await sessionFor(desk, job)).toBe(first);
  const second = await sessionFor(desk, { ...job, startFrom: other });
  expect(second).not.toBe(first);
  expect(rig.convoy().refinery).toMatchObject([
    { session: first, verdict: 'ESCALATION' },
    { session: second, verdict: null },
  ]);
});

test('no session is begun for a convoy that has ended', async () => {
  const rig = await refineryUnderTest({ base: { a: '' } });
  await rig.happen({ type: 'ConvoyCancelled', data: { by: 'ann', reason: 'no more' } });
  const desk = await refineryDesk(rig.town, rig.stream);
  await expect(sessionFor(desk, { why: 'red', bead: null, startFrom: null })).rejects.toMatchObject({
    name: 'RefineryRefused',
    rule: 'convoy-ended',
  });
});
