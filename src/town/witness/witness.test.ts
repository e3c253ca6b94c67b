import { expect, test } from 'vitest';
import type { RehearsalRequest } from '../../testing/rehearsal/fault.ts';
import { close, convoyScript, write } from '../../testing/town/convoy-script.ts';
import { type TownUnderTest, townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

const ofType = (town: TownUnderTest, type: string) => town.events().filter((event) => event.type === type);

async function comments(town: TownUnderTest, issue_number: number): Promise<string[]> {
  const { owner, repo } = town.github.repository;
  const { data } = await town.github.owner.rest.issues.listComments({ owner, repo, issue_number });
  return data.map(({ body }) => body ?? '');
}

async function say(town: TownUnderTest, issue_number: number, body: string): Promise<void> {
  const { owner, repo } = town.github.repository;
  await town.github.owner.rest.issues.createComment({ owner, repo, issue_number, body });
}

/** Hangs the first request of the polecat's, for good. */
function hangOnce() {
  let hung = false;
  return ({ role, step }: RehearsalRequest) => {
    if (hung || role !== 'polecat' || step !== 1) return null;
    hung = true;
    return { kind: 'hang', afterChunks: 1 } as const;
  };
}

test('a polecat that falls silent is spoken to, then given up; the next attempt does the work', async () => {
  const town = await townUnderTest({
    script: convoyScript([{ title: 'Alpha' }]),
    settings: { attempts: 5 },
    rehearsal: { fault: hangOnce() },
    parts: () => ({ patrol: { stallMs: 1_000 } }),
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  const [failure] = convoy.beads.get(1)?.failures ?? [];
  expect(failure).toMatchObject({
    how: 'released',
    reason: expect.stringContaining('the Witness gave it up'),
  });
  const hung = convoy.patrol.findings.find(({ action }) => action === 'release')?.session;
  const did = convoy.patrol.findings.filter(({ session }) => session === hung);
  expect(did.map(({ rule, action }) => `${rule}: ${action}`)).toEqual(['stalled: nudge', 'stalled: release']);
  const own = (type: string) => ofType(town, type).filter(({ stream }) => stream === `session/${hung}`);
  expect(own('SessionNudged')).toMatchObject([
    { data: { text: expect.stringContaining('The Witness looks at your work') } },
  ]);
  expect(own('SessionEnded')).toMatchObject([{ actor: 'witness', data: { outcome: 'cancelled' } }]);
});

test('a polecat that does the same over and over hears of it before its guard ends it', async () => {
  const again = { calls: [{ name: 'shell', arguments: { command: 'echo same' } }] };
  const heeds = { ...write('made-1.txt'), expects: /The Witness looks at your work/ };
  const script = convoyScript([{ title: 'Alpha', steps: [again, again, again, again, heeds, close(1)] }]);
  const town = await townUnderTest({ script, rehearsal: { latencyMs: 20 } });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  expect(convoy.beads.get(1)?.attempts).toBe(1);
  expect(convoy.patrol.findings).toMatchObject([{ rule: 'looping', action: 'nudge', bead: 1 }]);
});

test('a lease is renewed as long as its bead is worked', async () => {
  const town = await townUnderTest({
    script: convoyScript([{ title: 'Alpha' }]),
    rehearsal: { latencyMs: 400 },
    parts: () => ({ patrol: { leaseMs: 400 } }),
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  expect(convoy.beads.get(1)?.attempts).toBe(1);
  expect(ofType(town, 'LeaseRenewed').length).toBeGreaterThan(0);
  expect(ofType(town, 'LeaseExpired')).toEqual([]);
});

test('/witness has a session look, and what it reports is posted once, in quotation marks', async () => {
  const script = convoyScript([{ title: 'Alpha' }]);
  const look = { calls: [{ name: 'bead', arguments: { action: 'list' } }] };
  const report = {
    calls: [{ name: 'report', arguments: { verdict: 'YELLOW', text: '1 of 1 beads landed. @all /stop' } }],
    expects: /Alpha/,
  };
  const town = await townUnderTest({
    script: { parts: [...script.parts, { role: 'witness', steps: [look, report] }] },
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  await town.until(issue, (now) => now.pullRequest !== null);
  await say(town, issue, '/witness');
  await town.until(issue, (now) => now.patrol.checks[0]?.reported != null);
  await town.quiet();
  const posted = (await comments(town, issue)).filter((body) => body.includes('YELLOW'));
  expect(posted).toHaveLength(1);
  expect(posted[0]).toMatch(/### 🟡 YELLOW/);
  expect(posted[0]).toContain('> 1 of 1 beads landed.');
  expect(posted[0]).not.toContain('@all');
  expect(town.convoy(issue).ended).toBeNull();
  expect(ofType(town, 'BeadNoted').every(({ actor }) => actor !== 'witness')).toBe(true);
});
