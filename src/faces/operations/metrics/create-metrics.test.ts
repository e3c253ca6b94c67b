import { expect, test } from 'vitest';
import { openReader } from '../../../ledger/open-reader.ts';
import { smallConvoy } from '../../../testing/events/small-convoy.ts';
import { writeLedger } from '../../../testing/events/write-ledger.ts';
import { temporaryFolder } from '../../../testing/ledger/temporary-folder.ts';
import { createMetrics, type LiveSources } from './create-metrics.ts';

const live: LiveSources = {
  clock: () => new Date('2030-01-01T00:01:00Z'),
  quotas: () => [{ kind: 'core', count: 4_990 }],
  lags: () => [{ kind: 'town', count: 3 }],
  containers: async () => [{ kind: 'running', count: 2 }],
};

async function figures(story: typeof smallConvoy, sources: LiveSources = live): Promise<readonly string[]> {
  using folder = temporaryFolder();
  const path = folder.file('beads.db');
  await writeLedger(path, story);
  const reader = openReader(path);
  const text = await createMetrics(reader, sources).text();
  reader.close();
  return text.split('\n').filter((line) => line.startsWith('gastown_'));
}

test('what waits, what is at work and what was spent are figures of their own', async () => {
  expect(await figures(smallConvoy)).toEqual(
    expect.arrayContaining([
      'gastown_convoys{status="in_review"} 1',
      'gastown_beads{status="landed"} 1',
      'gastown_beads{status="open"} 1',
      'gastown_merge_queue_beads 0',
      'gastown_sessions{role="mayor"} 1',
      'gastown_spend_dollars{role="polecat",model="small"} 0.25',
      'gastown_spend_tokens{role="polecat",model="small",direction="input"} 2000',
      `gastown_ledger_position ${smallConvoy.length}`,
      'gastown_reactor_lag_events{reactor="town"} 3',
      'gastown_github_quota_remaining{resource="core"} 4990',
      'gastown_containers{state="running"} 2',
      'gastown_engine_up 1',
      'gastown_inbox_oldest_due_seconds 0',
    ]),
  );
});

test('a closed bead stands in the merge queue until it lands', async () => {
  const closed = smallConvoy.findIndex(({ type }) => type === 'BeadClosed');
  expect(await figures(smallConvoy.slice(0, closed + 1))).toContain('gastown_merge_queue_beads 1');
});

test('an engine that does not answer is a figure, not a failed scrape', async () => {
  const containers = async (): Promise<never> => {
    throw new Error('no engine');
  };
  const told = await figures(smallConvoy, { ...live, containers });
  expect(told).toContain('gastown_engine_up 0');
  expect(told.filter((line) => line.startsWith('gastown_containers'))).toEqual([]);
});
