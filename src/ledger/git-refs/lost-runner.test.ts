import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { runSession } from '../../agent/run-session.ts';
import type { StreamId } from '../../domain/event.ts';
import { type BareRepository, bareRepository } from '../../testing/ledger/bare-repository.ts';
import { gitLedgerOn } from '../../testing/ledger/git-ledger.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { lookingSession } from '../../testing/looking-session.ts';
import { sessionUnderTest } from '../../testing/session-under-test.ts';
import { LedgerError } from '../ledger-error.ts';

const look = (at: number) => ({ calls: [{ name: 'look', arguments: { at: String(at) } }] });
const steps = [look(1), look(2), look(3), look(4), look(5), { say: 'Nothing anywhere.' }];

/** How many replies of a session a repository holds. */
function kept({ git, refs }: BareRepository, ref: string): number {
  if (!refs().includes(ref)) return 0;
  const chain = git('rev-list', ref).split('\n');
  const lines = chain.flatMap((oid) => git('show', `${oid}:events.jsonl`).split('\n'));
  return lines.filter((line) => line.includes('"type":"ModelReplied"')).length;
}

it('asks a model again for what a lost runner had not pushed, by its clock alone, and for nothing before that', async () => {
  using folder = temporaryFolder();
  const repository = bareRepository(folder.file('remote.git'));
  const pushed = { hear: (): void => undefined };
  const lost = new AbortController();
  const troubles: unknown[] = [];
  const first = await gitLedgerOn(repository.remote, folder.file('first'), {
    pace: { soonMs: 60_000, longestMs: 20 },
    onTrouble: (error) => troubles.push(error),
    between: (refs) => ({
      ...refs,
      async push(moves) {
        lost.signal.throwIfAborted();
        const outcome = await refs.push(moves);
        pushed.hear();
        return outcome;
      },
    }),
  });
  const id = randomUUID();
  const ref = `refs/gas-town/session/${id}`;
  const { deps, requests } = await sessionUnderTest({ steps });
  const interrupt = new AbortController();
  const onLook = async (call: string): Promise<void> => {
    if (call.startsWith('call_3')) {
      while (kept(repository, ref) < 3)
        await new Promise<void>((resolve) => {
          pushed.hear = resolve;
        });
      lost.abort(new Error('the runner is lost'));
    }
    if (call.startsWith('call_5')) interrupt.abort(new Error('the runner is lost'));
  };
  const spec = lookingSession(id, onLook);
  expect(await runSession({ ...deps, ledger: first }, spec, interrupt.signal)).toMatchObject({
    status: 'interrupted',
  });
  expect([requests(), kept(repository, ref)]).toEqual([5, 3]);
  expect(troubles.every((error) => error === lost.signal.reason)).toBe(true);

  const second = await gitLedgerOn(repository.remote, folder.file('second'));
  const stream: StreamId = `session/${id}`;
  await second.follow([stream]);
  const again = lookingSession(id, async () => undefined);
  expect(await runSession({ ...deps, ledger: second }, again, new AbortController().signal)).toMatchObject({
    status: 'ended',
    text: 'Nothing anywhere.',
  });
  // Six replies, and the two that were not pushed once more.
  expect(requests()).toBe(8);
  await second.close();
  await expect(first.close()).rejects.toThrow(LedgerError);
});
