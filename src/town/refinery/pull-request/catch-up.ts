import { catchUpWith } from '../../../domain/convoy/decisions/catch-up.ts';
import { moveBase, noteHand } from '../../../domain/convoy/decisions/move-base.ts';
import { branchPushed } from '../../../domain/convoy/evolve-pull-request.ts';
import type { RecordedEvent, StreamId } from '../../../domain/event.ts';
import { tell } from '../../mirror/tell.ts';
import type { Oid } from '../../ports/git-store.ts';
import type { Hub } from '../../ports/hub.ts';
import type { Town } from '../../town.ts';
import { leftBehindText } from '../../voice/left-behind.ts';
import { type RefineryDesk, refineryDesk } from '../refinery-desk.ts';
import { recordRedTogether } from './check-run.ts';
import { type TakenIn, takeIn } from './take-in.ts';

export interface CaughtUp {
  /** Commits that people pushed to the convoy's branch themselves. */
  readonly push: TakenIn;
  readonly base: TakenIn;
}

/** Something that others committed, and how the ledger learns of it. */
interface Others {
  readonly kind: 'base' | 'push';
  readonly branch: string;
  /** As people know it. */
  readonly name: string;
  readonly commit: Oid | null;
  readonly isLearned: (event: RecordedEvent) => boolean;
  readonly learn: () => Promise<unknown>;
}

/**
 * Brings into the convoy's branch what others did meanwhile: first what people pushed to it, then the base branch. Called
 * before anything is pushed; where all is up to date it costs one fetch. What can't be brought in is recorded and told.
 */
export async function catchUp(
  town: Town,
  stream: StreamId,
  hub: Hub,
  signal: AbortSignal,
): Promise<CaughtUp> {
  const desk = await refineryDesk(town, stream);
  const { opened, incoming } = desk.convoy();
  const own = `gas-town/convoy-${opened.issue}`;
  const kept = `refs/gas-town/convoy/${opened.issue}/remote`;
  // Patterns, because a branch that isn't there would fail by its plain name.
  await desk.store.fetch(await hub.gitRemote(), [
    `+refs/heads/${opened.base.branch}*:${kept}/base/${opened.base.branch}*`,
    `+refs/heads/${own}*:${kept}/own/${own}*`,
  ]);
  const pushed = await desk.store.resolve(`${kept}/own/${own}`);
  const base = await desk.store.resolve(`${kept}/base/${opened.base.branch}`);
  const push = await takeOthers(desk, hub, pushOf(desk, own, pushed), incoming.push, signal);
  return {
    push,
    base: await takeOthers(desk, hub, baseOf(desk, opened.base.branch, base), incoming.base, signal),
  };
}

function baseOf(desk: RefineryDesk, branch: string, commit: Oid | null): Others {
  return {
    kind: 'base',
    branch,
    name: branch,
    commit,
    isLearned: (event) => event.type === 'BaseMoved' && event.data.commit === commit,
    learn: () => desk.decide(`base:${commit}`, (state) => moveBase(state, { branch, commit: commit ?? '' })),
  };
}

function pushOf(desk: RefineryDesk, branch: string, commit: Oid | null): Others {
  const hand = { what: branchPushed, by: 'someone', before: desk.convoy().head, after: commit ?? '' };
  return {
    kind: 'push',
    branch,
    name: `the push to ${branch}`,
    commit,
    isLearned: (event) => event.type === 'HandMoved' && event.data.after === commit,
    learn: () => desk.decide(`push:${commit}`, (state) => noteHand(state, hand)),
  };
}

async function takeOthers(
  desk: RefineryDesk,
  hub: Hub,
  others: Others,
  seen: Oid | null,
  signal: AbortSignal,
): Promise<TakenIn> {
  const { commit, name } = others;
  const taken = commit === null ? 'up-to-date' : await takeCommit(desk, { ...others, commit, name }, signal);
  const met = commit ?? seen;
  if (met === null) return taken;
  const how = taken === 'up-to-date' ? 'taken' : taken;
  const { kind, branch } = others;
  await desk.decide(`${kind}:${met}`, (state) =>
    catchUpWith(state, { with: kind, branch, commit: met, seen, how }),
  );
  if (how !== 'taken') await tellLeftBehind(desk, hub, { kind, branch, commit: met, how });
  return taken;
}

async function takeCommit(
  desk: RefineryDesk,
  { commit, name, isLearned, learn }: Others & { readonly commit: Oid },
  signal: AbortSignal,
): Promise<TakenIn> {
  if (await desk.store.isAncestor(commit, desk.convoy().head)) return 'up-to-date';
  const find = (): RecordedEvent | undefined => desk.town.ledger.read(desk.stream).find(isLearned);
  // It learns of it now where no delivery has told it.
  if (find() === undefined) await learn();
  const at = new Date(find()?.at ?? desk.convoy().openedAt);
  return takeIn(desk, { name, commit, at }, signal);
}

async function tellLeftBehind(
  desk: RefineryDesk,
  hub: Hub,
  left: {
    readonly kind: 'base' | 'push';
    readonly branch: string;
    readonly commit: Oid;
    readonly how: 'conflict' | 'red';
  },
): Promise<void> {
  const convoy = desk.convoy();
  await tell(desk.town, desk.stream, hub, {
    issue: convoy.pullRequest?.number ?? convoy.opened.issue,
    subject: `${left.kind} ${left.commit} ${left.how}`,
    text: leftBehindText(convoy, left),
  });
  const { pullRequest, red: verification } = convoy;
  if (left.kind === 'base' && left.how === 'red' && pullRequest !== null && verification !== null) {
    await recordRedTogether(desk, hub, { verification, base: left.commit, sha: pullRequest.sha });
  }
}
