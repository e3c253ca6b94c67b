import type { Effect } from '../../../domain/convoy/state.ts';
import { ensureEffect } from '../../mirror/ensure-effect.ts';
import { findOwn } from '../../mirror/find-own.ts';
import { lookFrom } from '../../mirror/look-from.ts';
import type { Hub } from '../../ports/hub.ts';
import type { Town } from '../../town.ts';
import { type MarkerSubject, marker } from '../../voice/marker.ts';
import type { CommandAnswer } from './obey-command.ts';
import type { CommandPlace } from './obey-comment.ts';

/** Answers a comment: thumbs up when all of it was taken, else a puzzled face; one reply with all that is to be said. */
export async function answerComment(
  town: Town,
  hub: Hub,
  place: CommandPlace,
  answers: readonly CommandAnswer[],
): Promise<void> {
  if (answers.length === 0) return;
  const taken = answers.every((answer) => answer.taken);
  const subject = `comment ${place.comment}`;
  await ensureEffect(town, place.stream, {
    kind: 'reaction',
    subject,
    detail: { comment: place.comment },
    perform: async () => {
      await hub.react(place.comment, taken ? '+1' : 'confused');
      return { comment: place.comment };
    },
    // GitHub keeps one reaction of a kind from each account, so it is simply set again.
    find: async () => null,
  });
  const words = answers.flatMap((answer) => answer.text ?? []);
  if (words.length > 0) await reply(town, hub, place, subject, words.join('\n\n'));
}

async function reply(
  town: Town,
  hub: Hub,
  place: CommandPlace,
  subject: string,
  text: string,
): Promise<void> {
  const repositoryId = Number(place.stream.split('/')[1]);
  const markerOf = (effect: Effect): MarkerSubject => ({
    kind: 'reply',
    effect: effect.id,
    repositoryId,
    issue: place.issue,
  });
  await ensureEffect(town, place.stream, {
    kind: 'reply',
    subject,
    detail: { issue: place.issue, comment: place.comment },
    perform: async (effect) => {
      const body = `${text}\n\n${marker(town.markerKey, markerOf(effect))}`;
      const { id } = await hub.createComment(place.issue, body);
      return { id };
    },
    find: async (effect) => {
      const comments = await hub.listComments(place.issue, lookFrom(effect));
      const ours = findOwn(town, comments, markerOf(effect));
      return ours ? { id: ours.id } : null;
    },
  });
}
