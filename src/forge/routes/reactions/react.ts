import { z } from 'zod';
import { now } from '../../context.ts';
import { reactionContents, renderReaction } from '../../render/reaction.ts';
import { notFound } from '../../server/api-error.ts';
import { type Operation, type RepositoryRequest, read, write } from '../../server/operation.ts';
import { listReply } from '../../server/pagination.ts';
import type { ReactionRow, ReactionSubject } from '../../store/rows.ts';
import { idParam } from '../find-in-request.ts';
import { mustOwnOrHave } from '../mutate-rights.ts';

interface Target {
  readonly subject: ReactionSubject;
  readonly path: string;
  readonly operationIds: { readonly list: string; readonly create: string; readonly remove: string };
  /** The subject's database id. @throws ApiError 404 */
  readonly find: (request: RepositoryRequest) => number;
}

/** The three reaction operations of one kind of subject. */
export function reactionOperations(target: Target): readonly Operation[] {
  const { subject, find } = target;
  const path = `${target.path}/reactions`;
  const permission = 'issues=write; pull_requests=write';
  return [
    read({
      path,
      operationId: target.operationIds.list,
      permission: 'issues=read; pull_requests=read',
      handle: (request) => {
        const content = request.query.get('content');
        const rows = request.context.store
          .all<ReactionRow>(
            'SELECT * FROM reactions WHERE subject = ? AND subject_id = ? ORDER BY id',
            subject,
            find(request),
          )
          .filter((row) => content === null || row.content === content);
        return listReply(request, rows, (row) => renderReaction(request.view, row));
      },
    }),
    write({
      method: 'POST',
      path,
      operationId: target.operationIds.create,
      permission,
      level: 'read',
      body: z.object({ content: z.enum(reactionContents) }),
      handle: (request) => {
        const { context, actor, view, body } = request;
        const { changes } = context.store.run(
          `INSERT INTO reactions (subject, subject_id, user_id, content, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
          subject,
          find(request),
          actor.user.id,
          body.content,
          now(context),
        );
        const row = context.store.one<ReactionRow>(
          'SELECT * FROM reactions WHERE subject = ? AND subject_id = ? AND user_id = ? AND content = ?',
          subject,
          find(request),
          actor.user.id,
          body.content,
        );
        if (row === undefined) throw new Error('a reaction that was just stored is gone');
        return { status: changes === 1 ? 201 : 200, body: renderReaction(view, row) };
      },
    }),
    write({
      method: 'DELETE',
      path: `${path}/{reaction_id}`,
      operationId: target.operationIds.remove,
      permission,
      level: 'read',
      handle: (request) => {
        const { store } = request.context;
        const id = idParam(request, 'reaction_id');
        const row = store.one<ReactionRow>(
          'SELECT * FROM reactions WHERE id = ? AND subject = ? AND subject_id = ?',
          id,
          subject,
          find(request),
        );
        if (row === undefined) throw notFound();
        mustOwnOrHave(request, row.user_id, 'admin');
        store.run('DELETE FROM reactions WHERE id = ?', id);
        return { status: 204 };
      },
    }),
  ];
}
