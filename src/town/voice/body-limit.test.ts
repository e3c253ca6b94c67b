import { expect, test } from 'vitest';
import { beadCountMax, beadTitleLengthMax, noteLengthMax } from '../../domain/convoy/limits.ts';
import type { NewEvent } from '../../domain/event.ts';
import {
  created,
  mayorReported,
  mayorStarted,
  opened,
  quarantined,
  released,
  slung,
} from '../../testing/convoy/convoy-events.ts';
import { convoyAfter } from '../../testing/given-when-then.ts';
import { beadIssueBody, beadIssueTitle } from './bead-issue.ts';
import { statusComment } from './status-comment.ts';

/** What GitHub takes as the body of an issue or comment. */
const githubMax = 65_536;
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** As many beads as there may be, each needing all before it, with the longest texts, of signs that grow when defused. */
function hugeConvoy() {
  const beads = upTo(beadCountMax).map((bead): NewEvent => {
    const data = {
      bead,
      title: '<'.repeat(beadTitleLengthMax),
      description: '@a'.repeat(12_000),
      acceptance: '&#1;'.repeat(6000),
      needs: upTo(bead - 1),
    };
    return { type: 'BeadCreated', data };
  });
  const notes = upTo(20).map(
    (): NewEvent => ({ type: 'BeadNoted', data: { bead: 100, note: '`'.repeat(noteLengthMax) } }),
  );
  const fails = upTo(9).map(
    (attempt): NewEvent => ({
      type: 'BeadReleased',
      data: { bead: 100, attempt, reason: '<'.repeat(500), summary: '```\n'.repeat(3000) },
    }),
  );
  const slings = upTo(beadCountMax).map(slung);
  return convoyAfter(
    opened(),
    mayorStarted(),
    ...beads,
    ...slings,
    ...notes,
    ...fails,
    mayorReported(1, '<'.repeat(9000)),
  );
}

test('however much there is to tell, GitHub takes it', () => {
  const convoy = hugeConvoy();
  const bead = convoy.beads.get(100);
  if (bead === undefined) throw new Error('no bead');
  const comment = statusComment(convoy);
  expect(comment.length).toBeLessThanOrEqual(githubMax - 200);
  for (const number of upTo(beadCountMax)) expect(comment).toContain(`| ○ ${number} |`);
  const body = beadIssueBody(convoy, bead);
  expect(body.length).toBeLessThanOrEqual(githubMax - 200);
  expect(body).toContain('Earlier attempts (9)');
  expect(beadIssueTitle(bead).length).toBeLessThanOrEqual(256);
});

test('an ordinary convoy is told in full, with its graph', () => {
  const convoy = convoyAfter(
    opened(),
    mayorStarted(),
    created(1),
    created(2, [1]),
    slung(1),
    slung(2),
    released(1),
    quarantined(1),
  );
  const comment = statusComment(convoy);
  expect(comment).toContain('b1 --> b2');
  expect(comment).toContain('in quarantine after 1 attempt');
  expect(comment).toContain("can't start: waits for bead 1");
});
