import { z } from 'zod';
import { emitLabel, findLabel } from '../../effects/label-issue.ts';
import { renderLabel } from '../../render/label.ts';
import { repositoryUrl } from '../../render/repository.ts';
import { notFound, validationFailed } from '../../server/api-error.ts';
import { type RepositoryRequest, read, write } from '../../server/operation.ts';
import { listReply } from '../../server/pagination.ts';
import type { LabelRow } from '../../store/rows.ts';

const access = { permission: 'issues=write; pull_requests=write', level: 'triage' } as const;

function labelOf(request: RepositoryRequest): LabelRow {
  const label = findLabel(request.context, request.repository.id, request.params.name ?? '');
  if (label === undefined) throw notFound();
  return label;
}

function checkLabel(
  name: string | undefined,
  color: string | undefined,
  description: string | null | undefined,
): void {
  const invalid = (field: string, message?: string) =>
    validationFailed({
      resource: 'Label',
      code: message === undefined ? 'invalid' : 'custom',
      field,
      ...(message === undefined ? {} : { message }),
    });
  if (name !== undefined && name.trim() === '')
    throw validationFailed({ resource: 'Label', code: 'missing_field', field: 'name' });
  if (name !== undefined && name.length > 50)
    throw invalid('name', 'name is too long (maximum is 50 characters)');
  if (color !== undefined && !/^[0-9a-f]{6}$/i.test(color)) throw invalid('color');
  if ((description?.length ?? 0) > 100)
    throw invalid('description', 'description is too long (maximum is 100 characters)');
}

function taken(): ReturnType<typeof validationFailed> {
  return validationFailed({ resource: 'Label', code: 'already_exists', field: 'name' });
}

export const listLabels = read({
  path: '/labels',
  operationId: 'issues/list-labels-for-repo',
  permission: 'issues=read; pull_requests=read',
  handle: (request) => {
    const { context, view, repository } = request;
    const rows = context.store.all<LabelRow>(
      'SELECT * FROM labels WHERE repository_id = ? ORDER BY id',
      repository.id,
    );
    return listReply(request, rows, (row) => renderLabel(repositoryUrl(view, repository), row));
  },
});

export const getLabel = read({
  path: '/labels/{name}',
  operationId: 'issues/get-label',
  permission: 'issues=read; pull_requests=read',
  handle: (request) => ({
    status: 200,
    body: renderLabel(repositoryUrl(request.view, request.repository), labelOf(request)),
  }),
});

export const createLabel = write({
  ...access,
  method: 'POST',
  path: '/labels',
  operationId: 'issues/create-label',
  body: z.object({ name: z.string(), color: z.string().optional(), description: z.string().nullish() }),
  handle: (request) => {
    const { context, repository, actor, view, body } = request;
    checkLabel(body.name, body.color, body.description);
    if (findLabel(context, repository.id, body.name) !== undefined) throw taken();
    context.store.run(
      'INSERT INTO labels (repository_id, name, color, description, is_default) VALUES (?, ?, ?, ?, 0)',
      repository.id,
      body.name,
      (body.color ?? 'ededed').toLowerCase(),
      body.description ?? null,
    );
    const label = labelOf({ ...request, params: { name: body.name } });
    emitLabel(context, repository, 'created', label, actor.user);
    const rendered = renderLabel(repositoryUrl(view, repository), label);
    return { status: 201, body: rendered, headers: { location: String(rendered.url) } };
  },
});

export const updateLabel = write({
  ...access,
  method: 'PATCH',
  path: '/labels/{name}',
  operationId: 'issues/update-label',
  body: z.object({
    new_name: z.string().optional(),
    color: z.string().optional(),
    description: z.string().nullish(),
  }),
  handle: (request) => {
    const { context, repository, actor, view, body } = request;
    const before = labelOf(request);
    checkLabel(body.new_name, body.color, body.description);
    const name = body.new_name ?? before.name;
    const same = findLabel(context, repository.id, name);
    if (same !== undefined && same.id !== before.id) throw taken();
    const color = (body.color ?? before.color).toLowerCase();
    const description = body.description === undefined ? before.description : body.description;
    context.store.run(
      'UPDATE labels SET name = ?, color = ?, description = ? WHERE id = ?',
      name,
      color,
      description,
      before.id,
    );
    const label = labelOf({ ...request, params: { name } });
    const changes = {
      ...(name === before.name ? {} : { name: { from: before.name } }),
      ...(color === before.color ? {} : { color: { from: before.color } }),
      ...(description === before.description ? {} : { description: { from: before.description ?? '' } }),
    };
    if (Object.keys(changes).length > 0)
      emitLabel(context, repository, 'edited', label, actor.user, { changes });
    return { status: 200, body: renderLabel(repositoryUrl(view, repository), label) };
  },
});

export const deleteLabel = write({
  ...access,
  method: 'DELETE',
  path: '/labels/{name}',
  operationId: 'issues/delete-label',
  handle: (request) => {
    const { context, repository, actor } = request;
    const label = labelOf(request);
    context.store.run('DELETE FROM labels WHERE id = ?', label.id);
    emitLabel(context, repository, 'deleted', label, actor.user);
    return { status: 204 };
  },
});
