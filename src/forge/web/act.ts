import type { ForgeContext } from '../context.ts';
import { repositoryFullName } from '../render/repository.ts';
import { operations } from '../routes/operations.ts';
import { ApiError } from '../server/api-error.ts';
import { performAs } from '../server/perform.ts';
import { Router } from '../server/router.ts';
import type { IssueRow, RepositoryRow, UserRow } from '../store/rows.ts';

const router = new Router(operations);

export type Acted =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string };

/** Does what a form asks for, as that user, by the same operation that the API has for it. */
export async function act(
  context: ForgeContext,
  repository: RepositoryRow,
  issue: IssueRow,
  name: string,
  fields: URLSearchParams,
  user: UserRow,
): Promise<Acted> {
  const call = callFor(issue.number, name, fields);
  if (call === undefined) return { kind: 'refused', status: 404, message: 'There is no such form.' };
  const [method, tail, body] = call;
  const path = `/repos/${repositoryFullName(context, repository)}${tail}`;
  try {
    await performAs(context, router, { kind: 'user', user }, method, path, body);
    return { kind: 'done' };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const details = error.errors?.map((one) => (typeof one === 'string' ? one : (one.message ?? one.code)));
    return { kind: 'refused', status: error.status, message: [error.message, ...(details ?? [])].join(': ') };
  }
}

type Call = readonly [method: string, tail: string, body: unknown];

function callFor(number: number, name: string, fields: URLSearchParams): Call | undefined {
  const issue = `/issues/${number}`;
  const label = fields.get('label') ?? '';
  switch (name) {
    case 'comment':
      return ['POST', `${issue}/comments`, { body: fields.get('body') ?? '' }];
    case 'label':
      return ['POST', `${issue}/labels`, { labels: [label] }];
    case 'unlabel':
      return ['DELETE', `${issue}/labels/${encodeURIComponent(label)}`, undefined];
    case 'close':
    case 'reopen':
      return ['PATCH', issue, { state: name === 'close' ? 'closed' : 'open' }];
    case 'review':
      return [
        'POST',
        `/pulls/${number}/reviews`,
        { event: fields.get('event') ?? '', body: fields.get('body') ?? '' },
      ];
    case 'merge':
      return ['PUT', `/pulls/${number}/merge`, {}];
    default:
      return undefined;
  }
}
