import { moveBase, noteHand } from '../../domain/convoy/decisions/move-base.ts';
import type { RecordedEvent, StreamId } from '../../domain/event.ts';
import type { Hub } from '../ports/hub.ts';
import type { Town } from '../town.ts';
import { type RefineryDesk, refineryDesk } from './refinery-desk.ts';
import { type TakenIn, takeIn } from './take-in.ts';

export interface CaughtUp {
  /** Commits that people pushed to the convoy's branch themselves. */
  readonly push: TakenIn;
  readonly base: TakenIn;
}

/**
 * Brings into the convoy's branch what others did meanwhile: first what people pushed to it, then the base branch. Called
 * before anything is pushed; where all is up to date it costs one fetch.
 */
export async function catchUp(
  town: Town,
  stream: StreamId,
  hub: Hub,
  signal: AbortSignal,
): Promise<CaughtUp> {
  const desk = await refineryDesk(town, stream);
  const { opened } = desk.convoy();
  const own = `gas-town/convoy-${opened.issue}`;
  const kept = `refs/gas-town/convoy/${opened.issue}/remote`;
  // Patterns, because a branch that isn't there would fail by its plain name.
  await desk.store.fetch(await hub.gitRemote(), [
    `+refs/heads/${opened.base.branch}*:${kept}/base/${opened.base.branch}*`,
    `+refs/heads/${own}*:${kept}/own/${own}*`,
  ]);
  const pushed = await desk.store.resolve(`${kept}/own/${own}`);
  const base = await desk.store.resolve(`${kept}/base/${opened.base.branch}`);
  return {
    push: pushed === null ? 'up-to-date' : await takePush(desk, own, pushed, signal),
    base: base === null ? 'up-to-date' : await takeBase(desk, opened.base.branch, base, signal),
  };
}

async function takeBase(
  desk: RefineryDesk,
  branch: string,
  commit: string,
  signal: AbortSignal,
): Promise<TakenIn> {
  if (await desk.store.isAncestor(commit, desk.convoy().head)) return 'up-to-date';
  const at = await learned(
    desk,
    (event) => event.type === 'BaseMoved' && event.data.commit === commit,
    () => desk.decide(`base:${commit}`, (state) => moveBase(state, { branch, commit })),
  );
  return takeIn(desk, { name: branch, commit, at }, signal);
}

async function takePush(
  desk: RefineryDesk,
  branch: string,
  commit: string,
  signal: AbortSignal,
): Promise<TakenIn> {
  const before = desk.convoy().head;
  if (await desk.store.isAncestor(commit, before)) return 'up-to-date';
  const at = await learned(
    desk,
    (event) => event.type === 'HandMoved' && event.data.after === commit,
    () =>
      desk.decide(`push:${commit}`, (state) =>
        noteHand(state, { what: `push to ${branch}`, by: 'someone', before, after: commit }),
      ),
  );
  return takeIn(desk, { name: `the push to ${branch}`, commit, at }, signal);
}

/** When the ledger learned of something; it learns of it now where it had not. */
async function learned(
  desk: RefineryDesk,
  isIt: (event: RecordedEvent) => boolean,
  record: () => Promise<unknown>,
): Promise<Date> {
  const find = (): RecordedEvent | undefined => desk.town.ledger.read(desk.stream).find(isIt);
  if (find() === undefined) await record();
  return new Date(find()?.at ?? desk.convoy().openedAt);
}
