import { expect, test } from 'vitest';
import type { NewEvent } from '../../../domain/event.ts';
import { refineryUnderTest } from '../../../testing/refinery/refinery-under-test.ts';
import { integrate } from '../integrate.ts';
import { refineryDesk } from '../refinery-desk.ts';
import { pullRequestText } from './pull-request-text.ts';
import { recordOwnChecks } from './record-own-checks.ts';

const never = new AbortController().signal;
const issue = (bead: number, number: number): NewEvent => ({
  type: 'EffectConfirmed',
  data: {
    effect: `00000000-0000-4000-8000-00000000000${bead}`,
    kind: 'bead-issue',
    subject: `bead ${bead}`,
    receipt: { number, id: number * 10 },
  },
});
const intended = (bead: number): NewEvent => ({
  type: 'EffectIntended',
  data: {
    effect: `00000000-0000-4000-8000-00000000000${bead}`,
    kind: 'bead-issue',
    subject: `bead ${bead}`,
    detail: {},
  },
});

test('tells what was asked, what landed with what evidence and cost, what did not, and what it closes', async () => {
  const rig = await refineryUnderTest({
    base: { 'verify.sh': 'echo "12 passed"; ! ls | grep broken\n', 'tests/old.sh': 'x\n' },
  });
  await rig.close(1, { 'a.txt': 'a\n', 'tests/old.sh': null });
  await rig.happen(intended(1), issue(1, 8), intended(2), issue(2, 9), {
    type: 'BeadNoted',
    data: { bead: 1, note: 'tests: PASS | fixes #99 <img> @someone' },
  });
  await rig.close(2, { broken: 'b\n' });
  const session = rig.convoy().beads.get(1)?.closedBy ?? '';
  await rig.happen({
    type: 'BudgetSpent',
    data: { session, role: 'polecat', model: 'm', bead: 1, inputTokens: 1200, outputTokens: 34, usd: 0.25 },
  });
  await integrate(rig.town, rig.stream, never);
  await recordOwnChecks(await refineryDesk(rig.town, rig.stream), never);
  const { title, body } = pullRequestText(rig.convoy(), []);
  expect(title).toBe('Build it');
  expect(body).toContain('> Build it\n> \n> All of it.');
  expect(body).toContain('1,234 tokens, $0.25');
  expect(body).toContain(rig.convoy().head);
  expect(body).toContain('**passed**');
  expect(body).toContain('12 passed');
  expect(body).toMatch(
    /- Bead 2, Part 2: came to nothing once; the last time it was returned: With its change merged/,
  );
  expect(body).toMatch(/Closes #7\nCloses #8$/);
  expect(body).toContain('### Changed its own checks');
  expect(body).toContain('- `tests/old.sh` is a test, and gone');
  expect(body).toContain(`comments \`/approve ${rig.convoy().ownChecks?.hash}\``);
  expect(body).not.toMatch(/fixes #99|<img>|@someone/);
});

test('never says that something passed where nothing was run', async () => {
  const rig = await refineryUnderTest({ base: { a: '' }, settings: { verify: null } });
  await rig.close(1, { b: 'b\n' });
  await integrate(rig.town, rig.stream, never);
  const { body } = pullRequestText(rig.convoy(), []);
  expect(body).toContain('**nothing was shown**');
  expect(body).not.toContain('passed');
});
