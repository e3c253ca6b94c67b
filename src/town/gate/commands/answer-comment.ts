import { ensureEffect } from '../../mirror/ensure-effect.ts';
import { tell } from '../../mirror/tell.ts';
import type { Hub } from '../../ports/hub.ts';
import type { Town } from '../../town.ts';
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
  if (words.length > 0)
    await tell(town, place.stream, hub, { issue: place.issue, subject, text: words.join('\n\n') });
}
