import { type IssueHandKind, takeIssueHand } from '../../../domain/convoy/decisions/take-hand.ts';
import { convoyFold } from '../../../domain/convoy/evolve.ts';
import { isKnownOpen } from '../../../domain/convoy/known-issues.ts';
import type { Convoy } from '../../../domain/convoy/state.ts';
import type { Hub } from '../../ports/hub.ts';
import { openHub } from '../../rig/open-hub.ts';
import type { Town } from '../../town.ts';
import { type CommandTarget, findTarget } from '../commands/find-target.ts';
import { isOurs, maySteer, type Sender } from '../may-steer.ts';
import { orderLabels } from '../order-labels.ts';
import { settlePullRequest } from '../settle-pull-request.ts';
import type { IssueHandPayload } from './hand-payloads.ts';

/** Takes in what someone did to an issue of ours beside the town. */
export async function takeIssuePayload(town: Town, payload: IssueHandPayload, cause: string): Promise<void> {
  const target = findTarget(town, payload.repository.id, payload.issue.number);
  const change = changeOf(payload);
  if (target === null || change === null) return;
  const { state } = town.ledger.load(target.stream, convoyFold);
  const isPullRequest = state?.pullRequest?.number === payload.issue.number;
  if (state === null || isPullRequest) return;
  const hub = await openHub(town, state.opened.repository);
  if (isOurs(hub, payload.sender)) return;
  await noticeIssueHand(town, hub, target, { ...change, sender: payload.sender, cause });
}

export interface SeenHand {
  readonly what: IssueHandKind;
  readonly before: string;
  readonly after: string;
  /**
   * Null: nobody can say who it was any more, so it is noted and not obeyed; `someone who may`: nor can anyone, but GitHub
   * itself lets nobody do it who may not steer.
   */
  readonly sender: Sender | 'someone who may' | null;
  readonly cause: string;
}

/** Records a hand on an issue, with what follows from it; what the ledger knows already is not recorded again. */
export async function noticeIssueHand(
  town: Town,
  hub: Hub,
  target: CommandTarget,
  seen: SeenHand,
): Promise<void> {
  const { stream, bead } = target;
  const { state } = town.ledger.load(stream, convoyFold);
  if (state === null || state.ended || !isNews(state, bead, seen)) return;
  // A merge closes the issues too, and its own webhook may come later than theirs.
  if (seen.what === 'issue-closed' && (await settlePullRequest(town, hub, stream, seen.cause))) return;
  const { sender, cause, ...facts } = seen;
  const known = sender === 'someone who may' ? null : sender;
  const by = known?.login ?? 'someone';
  const may = known === null ? sender !== null : await maySteer(hub, known, state.opened.settings.bots ?? []);
  await town.ledger.decide({
    stream,
    fold: convoyFold,
    actor: `overseer:${by}`,
    cause,
    key: `hand:${stream}:${facts.what}:${cause}`,
    decide: (now) => takeIssueHand(now, { ...facts, by, bead, maySteer: may }),
  });
}

function isNews(convoy: Convoy, bead: number | null, { what }: SeenHand): boolean {
  if (what === 'issue-closed') return isKnownOpen(convoy, bead);
  if (what === 'issue-reopened') return !isKnownOpen(convoy, bead);
  return true;
}

type Change = Pick<SeenHand, 'what' | 'before' | 'after'>;

function changeOf(payload: IssueHandPayload): Change | null {
  const { changes, issue, label } = payload;
  switch (payload.action) {
    case 'closed':
      return { what: 'issue-closed', before: 'open', after: 'closed' };
    case 'reopened':
      return { what: 'issue-reopened', before: 'closed', after: 'open' };
    case 'edited':
      if (changes?.title)
        return { what: 'issue-retitled', before: changes.title.from ?? '', after: issue.title };
      return changes?.body ? { what: 'issue-edited', before: '', after: '' } : null;
    case 'unlabeled':
      return isOurLabel(label?.name)
        ? { what: 'issue-unlabelled', before: label?.name ?? '', after: '' }
        : null;
    case 'labeled':
      return null;
    case 'deleted':
      return { what: 'issue-deleted', before: `#${issue.number}`, after: '' };
    case 'transferred': {
      const { new_issue: there, new_repository: where } = changes ?? {};
      const after = there && where ? `${where.full_name}#${there.number}` : 'another repository';
      return { what: 'issue-transferred', before: `#${issue.number}`, after };
    }
  }
}

const isOurLabel = (name: string | undefined): boolean =>
  name !== undefined && (name === 'bead' || orderLabels[name] !== undefined);
