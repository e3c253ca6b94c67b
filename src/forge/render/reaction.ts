import type { ReactionRow, ReactionSubject } from '../store/rows.ts';
import { renderUserById } from './user.ts';
import { type Json, nodeId, type View } from './view.ts';

export const reactionContents = [
  '+1',
  '-1',
  'laugh',
  'confused',
  'heart',
  'hooray',
  'rocket',
  'eyes',
] as const;

/** GitHub's `reaction-rollup`. `any` is false where it is known that there are none to count. */
export function renderReactions(
  view: View,
  subject: ReactionSubject,
  subjectId: number,
  url: string,
  any = true,
): Json {
  const rollup: Record<string, unknown> = { url, total_count: 0 };
  for (const content of reactionContents) rollup[content] = 0;
  if (!any) return rollup;
  let total = 0;
  const counts = view.store.all<{ content: string; count: number }>(
    'SELECT content, count(*) AS count FROM reactions WHERE subject = ? AND subject_id = ? GROUP BY content',
    subject,
    subjectId,
  );
  for (const { content, count } of counts) {
    rollup[content] = count;
    total += count;
  }
  return { ...rollup, total_count: total };
}

/** GitHub's `reaction`. */
export function renderReaction(view: View, reaction: ReactionRow): Json {
  return {
    id: reaction.id,
    node_id: nodeId('Reaction', reaction.id),
    user: renderUserById(view, reaction.user_id),
    content: reaction.content,
    created_at: reaction.created_at,
  };
}
