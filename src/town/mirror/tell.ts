import type { Effect } from '../../domain/convoy/state.ts';
import type { StreamId } from '../../domain/event.ts';
import type { Hub } from '../ports/hub.ts';
import type { Town } from '../town.ts';
import { type MarkerSubject, marker } from '../voice/marker.ts';
import { ensureEffect } from './ensure-effect.ts';
import { findOwn } from './find-own.ts';
import { lookFrom } from './look-from.ts';

/** Says something under an issue or pull request; once for each subject, whatever happens in between. */
export async function tell(
  town: Town,
  stream: StreamId,
  hub: Hub,
  word: { readonly issue: number; readonly subject: string; readonly text: string },
): Promise<void> {
  const { issue, subject, text } = word;
  const markerOf = (effect: Effect): MarkerSubject => ({
    kind: 'reply',
    effect: effect.id,
    repositoryId: Number(stream.split('/')[1]),
    issue,
  });
  await ensureEffect(town, stream, {
    kind: 'reply',
    subject,
    detail: { issue },
    perform: async (effect) => {
      const { id } = await hub.createComment(issue, `${text}\n\n${marker(town.markerKey, markerOf(effect))}`);
      return { id };
    },
    find: async (effect) => {
      const comments = await hub.listComments(issue, lookFrom(effect));
      const ours = findOwn(town, comments, markerOf(effect));
      return ours ? { id: ours.id } : null;
    },
  });
}
