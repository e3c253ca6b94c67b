import { effectOf, statusCommentOf } from '../../domain/convoy/mirror-receipts.ts';
import type { Convoy, Effect } from '../../domain/convoy/state.ts';
import { anchorMarker } from '../voice/anchor-marker.ts';
import { type MarkerSubject, marker } from '../voice/marker.ts';
import { statusComment } from '../voice/status-comment.ts';
import { ensureEffect } from './ensure-effect.ts';
import { findOwn } from './find-own.ts';
import { lookFrom } from './look-from.ts';
import type { MirrorPass } from './mirror-convoy.ts';

const kind = 'status-comment';

/** Posts the convoy's one status comment, and edits it whenever the story has moved on. */
export async function mirrorStatusComment(pass: MirrorPass): Promise<void> {
  const { town, stream, hub } = pass;
  const { issue } = pass.convoy().opened;
  await ensureEffect(town, stream, {
    kind,
    subject: 'convoy',
    detail: { issue },
    perform: async (effect) => {
      const body = statusText(pass, effect);
      const { id } = await hub.createComment(issue, body);
      pass.written.stands(commentPlace(id), body);
      return { id };
    },
    find: async (effect) => {
      const comments = await hub.listComments(issue, lookFrom(effect));
      const ours = findOwn(town, comments, statusCommentSubject(pass.convoy(), effect));
      return ours ? { id: ours.id } : null;
    },
  });
  const id = statusCommentOf(pass.convoy());
  const effect = effectOf(pass.convoy(), kind, 'convoy');
  if (id === null || effect === null) return;
  const body = statusText(pass, effect);
  await pass.written.unlessSame(commentPlace(id), body, () => hub.updateComment(id, body));
}

export function statusCommentSubject({ opened }: Convoy, effect: Effect): MarkerSubject {
  return { kind, effect: effect.id, repositoryId: opened.repository.id, issue: opened.issue };
}

export const commentPlace = (id: number): string => `comment ${id}`;

export function statusText(pass: MirrorPass, effect: Effect): string {
  const { town, stream } = pass;
  const anchor = town.anchorOf?.(stream) ?? null;
  return [
    statusComment(pass.convoy()),
    marker(town.markerKey, statusCommentSubject(pass.convoy(), effect)),
    ...(anchor === null ? [] : [anchorMarker(town.markerKey, stream, anchor)]),
  ].join('\n');
}
