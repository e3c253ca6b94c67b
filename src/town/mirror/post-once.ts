import type { Effect } from '../../domain/convoy/state.ts';
import { carriesMarker, type MarkerSubject, marker } from '../voice/marker.ts';
import { ensureEffect } from './ensure-effect.ts';
import { lookFrom } from './look-from.ts';
import type { MirrorPass } from './mirror-convoy.ts';

/** Says something on the convoy's issue, once for each subject. */
export async function postOnce(pass: MirrorPass, subject: string, text: string): Promise<void> {
  const { town, stream, hub } = pass;
  const { issue, repository } = pass.convoy().opened;
  const markerOf = (effect: Effect): MarkerSubject => ({
    kind: 'reply',
    effect: effect.id,
    repositoryId: repository.id,
    issue,
  });
  await ensureEffect(town, stream, {
    kind: 'reply',
    subject,
    detail: { issue },
    perform: async (effect) => {
      const body = `${text}\n\n${marker(town.markerKey, markerOf(effect))}`;
      return { id: (await hub.createComment(issue, body)).id };
    },
    find: async (effect) => {
      const comments = await hub.listComments(issue, lookFrom(effect));
      const ours = comments.find(
        (one) => one.ours && carriesMarker(town.markerKey, one.body, markerOf(effect)),
      );
      return ours ? { id: ours.id } : null;
    },
  });
}
