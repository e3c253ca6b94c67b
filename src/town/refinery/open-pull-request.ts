import { recordPullRequest } from '../../domain/convoy/decisions/end-convoy.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { StreamId } from '../../domain/event.ts';
import { ensureEffect } from '../mirror/ensure-effect.ts';
import type { Hub } from '../ports/hub.ts';
import { openHub } from '../rig/open-hub.ts';
import type { Town } from '../town.ts';
import { catchUp } from './catch-up.ts';
import { recordCheckRun } from './check-run.ts';
import { listOwnChecks } from './list-own-checks.ts';
import { pullRequestText } from './pull-request-text.ts';
import { pushConvoyBranch } from './push-convoy-branch.ts';
import { refineryDesk } from './refinery-desk.ts';
import { writeLessons } from './write-lessons.ts';

/**
 * Takes in what others did meanwhile, pushes the verified head and opens the convoy's one pull request from it, with a check run that holds the verification.
 * Idempotent by the head branch: what exists already is found, never made again.
 */
export async function openPullRequest(town: Town, stream: StreamId, signal: AbortSignal): Promise<void> {
  const convoy = load(town, stream);
  const hub = await openHub(town, convoy.opened.repository);
  await catchUp(town, stream, hub, signal);
  await writeLessons(await refineryDesk(town, stream), signal);
  await pushConvoyBranch(town, stream, hub);
  const opened = await pullRequest(town, stream, hub);
  await recordCheckRun(town, stream, hub);
  await town.ledger.decide({
    stream,
    fold: convoyFold,
    actor: 'refinery',
    cause: 'pull-request',
    key: `pull-request:${stream}`,
    decide: (state) => recordPullRequest(state, opened),
  });
}

function load(town: Town, stream: StreamId): Convoy {
  const { state } = town.ledger.load(stream, convoyFold);
  if (state === null) throw new Error(`${stream} has no convoy.`);
  return state;
}

export const convoyBranch = (convoy: Convoy): string => `gas-town/convoy-${convoy.opened.issue}`;

async function pullRequest(town: Town, stream: StreamId, hub: Hub) {
  const head = convoyBranch(load(town, stream));
  await ensureEffect(town, stream, {
    kind: 'pull-request',
    subject: head,
    detail: { head, sha: load(town, stream).head },
    perform: async () => {
      const convoy = load(town, stream);
      const store = await town.git.open(convoy.opened.repository.id);
      const { title, body } = pullRequestText(convoy, await listOwnChecks(store, convoy));
      const { number } = await hub.createPullRequest({ title, body, head, base: convoy.opened.base.branch });
      return { number };
    },
    find: async () => {
      const found = await hub.findPullRequest(head);
      return found && found.state === 'open' ? { number: found.number } : null;
    },
  });
  const found = await hub.findPullRequest(head);
  if (found === null) throw new Error(`GitHub shows no pull request for ${head}.`);
  return { number: found.number, url: found.url, head, sha: load(town, stream).head };
}
