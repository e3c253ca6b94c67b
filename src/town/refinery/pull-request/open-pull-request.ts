import { recordPullRequest } from '../../../domain/convoy/decisions/end-convoy.ts';
import { convoyFold } from '../../../domain/convoy/evolve.ts';
import { pullRequestAwaitsApproval } from '../../../domain/convoy/pull-request-due.ts';
import type { Convoy } from '../../../domain/convoy/state.ts';
import type { StreamId } from '../../../domain/event.ts';
import { ensureEffect } from '../../mirror/ensure-effect.ts';
import { type Hub, HubFailed, type HubPullRequest } from '../../ports/hub.ts';
import { openHub } from '../../rig/open-hub.ts';
import type { Town } from '../../town.ts';
import { refineryDesk } from '../refinery-desk.ts';
import { workflowPatches } from '../withhold-workflows.ts';
import { writeLessons } from '../write-lessons.ts';
import { catchUp } from './catch-up.ts';
import { recordCheckRun } from './check-run.ts';
import { draftTitle, pullRequestText } from './pull-request-text.ts';
import { pushConvoyBranch } from './push-convoy-branch.ts';
import { recordOwnChecks } from './record-own-checks.ts';

/**
 * Takes in what others did meanwhile, pushes the verified head and opens the convoy's one pull request from it, with a check
 * run that holds the verification. Idempotent by the head branch: what exists already is found, never made again. Opens
 * nothing while a person's push can't be taken in.
 */
export async function openPullRequest(town: Town, stream: StreamId, signal: AbortSignal): Promise<void> {
  const desk = await refineryDesk(town, stream);
  const hub = await openHub(town, desk.convoy().opened.repository);
  const { push } = await catchUp(town, stream, hub, signal);
  if (push === 'conflict' || push === 'red') return;
  await writeLessons(desk, signal);
  await recordOwnChecks(desk, signal);
  await pushConvoyBranch(town, stream, hub);
  const opened = await pullRequest(town, stream, hub);
  await recordCheckRun(desk, hub);
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

const convoyBranch = (convoy: Convoy): string => `gas-town/convoy-${convoy.opened.issue}`;

async function pullRequest(town: Town, stream: StreamId, hub: Hub) {
  const head = convoyBranch(load(town, stream));
  await ensureEffect(town, stream, {
    kind: 'pull-request',
    subject: head,
    detail: { head, sha: load(town, stream).head },
    perform: async () => {
      const { number } = await create(town, hub, load(town, stream), head);
      return { number };
    },
    find: async () => {
      const found = await hub.findPullRequest(head);
      return found && found.state === 'open' ? { number: found.number } : null;
    },
  });
  const found = await hub.findPullRequest(head);
  if (found === null) throw new Error(`GitHub shows no pull request for ${head}.`);
  const convoy = load(town, stream);
  const shown = found.draft ? 'draft' : pullRequestAwaitsApproval(convoy) ? 'titled' : 'ready';
  return { number: found.number, url: found.url, head, sha: convoy.head, shownAs: shown } as const;
}

/** A draft where a person's word is awaited; a plan that has no drafts refuses it, and then the title says so. */
async function create(town: Town, hub: Hub, convoy: Convoy, head: string): Promise<HubPullRequest> {
  const store = await town.git.open(convoy.opened.repository.id);
  const { title, body } = pullRequestText(convoy, await workflowPatches(store, convoy));
  const request = { title, body, head, base: convoy.opened.base.branch };
  const draft = pullRequestAwaitsApproval(convoy);
  try {
    return await hub.createPullRequest({ ...request, draft });
  } catch (error) {
    if (!(draft && error instanceof HubFailed && error.status === 422)) throw error;
    return hub.createPullRequest({ ...request, title: draftTitle(title), draft: false });
  }
}
