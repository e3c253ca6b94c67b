import { changeNeeds } from '../../../domain/convoy/decisions/change-needs.ts';
import { noteHand } from '../../../domain/convoy/decisions/move-base.ts';
import { takeIssueHand } from '../../../domain/convoy/decisions/take-hand.ts';
import { convoyFold } from '../../../domain/convoy/evolve.ts';
import type { ConvoyState } from '../../../domain/convoy/state.ts';
import { accept, type Decision } from '../../../domain/event.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { openHub } from '../../rig/open-hub.ts';
import type { Town } from '../../town.ts';
import { findTarget } from '../commands/find-target.ts';
import { isOurs, maySteer } from '../may-steer.ts';
import type { DependencyPayload, SubIssuePayload } from './hand-payloads.ts';

/** A bead's issue was put under another parent, or taken from the convoy's: noted. The bead stays what it is. */
export async function takeSubIssuePayload(
  town: Town,
  payload: SubIssuePayload,
  cause: string,
): Promise<void> {
  // GitHub tells of one change twice, once for each end.
  if (payload.action === 'parent_issue_added' || payload.action === 'parent_issue_removed') return;
  const { repository, sender, sub_issue: child, parent_issue: parent } = payload;
  const target = findTarget(town, repository.id, child.number);
  if (target === null || target.bead === null) return;
  const { state } = town.ledger.load(target.stream, convoyFold);
  if (state === null) return;
  const hub = await openHub(town, state.opened.repository);
  if (isOurs(hub, sender)) return;
  const added = payload.action === 'sub_issue_added';
  const place = `#${parent.number}`;
  await town.ledger.decide({
    stream: target.stream,
    fold: convoyFold,
    actor: `overseer:${sender.login}`,
    cause,
    key: `hand:${target.stream}:${payload.action}:${cause}`,
    decide: (now) =>
      takeIssueHand(now, {
        what: 'issue-reparented',
        by: sender.login,
        bead: target.bead,
        before: added ? '' : place,
        after: added ? place : '',
        maySteer: false,
      }),
  });
}

/** A dependency between two beads' issues was added or removed: the bead's needs follow, while it has not been started. */
export async function takeDependencyPayload(
  town: Town,
  payload: DependencyPayload,
  cause: string,
): Promise<void> {
  if (payload.action === 'blocking_added' || payload.action === 'blocking_removed') return;
  const { repository, sender } = payload;
  const target = findTarget(town, repository.id, payload.blocked_issue.number);
  const blocker = findTarget(town, repository.id, payload.blocking_issue.number);
  const bead = target?.bead ?? null;
  const need = blocker?.bead ?? null;
  if (!target || bead === null || need === null || blocker?.stream !== target.stream) return;
  const { state } = town.ledger.load(target.stream, convoyFold);
  if (state === null) return;
  const hub = await openHub(town, state.opened.repository);
  if (isOurs(hub, sender)) return;
  const may = await maySteer(hub, sender, state.opened.settings.bots ?? []);
  const added = payload.action === 'blocked_by_added';
  await town.ledger.decide({
    stream: target.stream,
    fold: convoyFold,
    actor: `overseer:${sender.login}`,
    cause,
    key: `hand:${target.stream}:${payload.action}:${cause}`,
    decide: (now) => moveNeed(now, { bead, need, added, by: sender.login, may }),
  });
}

function moveNeed(
  state: ConvoyState,
  moved: { bead: number; need: number; added: boolean; by: string; may: boolean },
): Decision<Refusal> {
  const { bead, need, added, by, may } = moved;
  const before = state?.beads.get(bead)?.needs ?? [];
  if (before.includes(need) === added) return accept();
  const after = added ? [...before, need] : before.filter((one) => one !== need);
  const change = may ? changeNeeds(state, { bead, needs: after }) : null;
  const noted = noteHand(state, {
    what: 'needs-changed',
    by,
    bead,
    before: before.join(' '),
    after: after.join(' '),
    obeyed: change?.accepted === true,
  });
  if (!noted.accepted || !change?.accepted) return noted;
  return accept(...noted.events, ...change.events);
}
