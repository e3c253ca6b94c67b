import { expect, test } from 'vitest';
import { refineryUnderTest } from '../../../testing/refinery/refinery-under-test.ts';
import { integrate } from '../integrate.ts';
import { refineryDesk } from '../refinery-desk.ts';
import { recordOwnChecks } from './record-own-checks.ts';

const never = new AbortController().signal;
/** A runner of tests: one line of the list is one test. */
const base = {
  list: 'a\nb\nc\n',
  'run.sh': 'echo "# tests $(wc -l < list)"; head -c 20000 /dev/zero | tr "\\0" .\n',
};
const settings = { verify: 'sh run.sh' };

test('fewer tests than on the base are pointed at; the base is run once for it', async () => {
  const rig = await refineryUnderTest({ base, settings });
  await rig.close(1, { list: 'a\nb\n' });
  await integrate(rig.town, rig.stream, never);
  const desk = await refineryDesk(rig.town, rig.stream);
  await recordOwnChecks(desk, never);
  await recordOwnChecks(desk, never);
  expect(rig.convoy()).toMatchObject({
    baseTests: 3,
    ownChecks: {
      hash: expect.any(String),
      changes: [{ path: 'sh run.sh', what: 'ran 2 tests here and 3 on the base' }],
    },
  });
  expect(rig.events().filter(({ type }) => type === 'OwnChecksListed')).toHaveLength(1);
});

test.each([
  ['as many', { other: 'x\n' }, settings, 3],
  ['more', { list: 'a\nb\nc\nd\n' }, settings, 3],
  ['a runner that does not say how many', { other: 'x\n' }, { verify: 'true' }, undefined],
])('%s: nothing is to be said', async (_, files, own, baseTests) => {
  const rig = await refineryUnderTest({ base, settings: own });
  await rig.close(1, files);
  await integrate(rig.town, rig.stream, never);
  await recordOwnChecks(await refineryDesk(rig.town, rig.stream), never);
  expect(rig.convoy()).toMatchObject({ ownChecks: { hash: null, changes: [] } });
  expect(rig.convoy().baseTests).toBe(baseTests);
});
