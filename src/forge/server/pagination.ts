import type { View } from '../render/view.ts';
import type { ApiRequest, Reply } from './operation.ts';

export interface Page {
  readonly page: number;
  readonly perPage: number;
  readonly offset: number;
}

/** `page` and `per_page` as GitHub reads them: nonsense falls back to the default, 100 is the most. */
export function readPage(query: URLSearchParams): Page {
  const perPage = Math.min(positive(query.get('per_page'), 30), 100);
  const page = positive(query.get('page'), 1);
  return { page, perPage, offset: (page - 1) * perPage };
}

function positive(text: string | null, otherwise: number): number {
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : otherwise;
}

/** The Link header for a list of `total` entries; undefined where all fit on one page. */
function linkHeader(
  view: View,
  path: string,
  query: URLSearchParams,
  page: Page,
  total: number,
): string | undefined {
  const last = Math.max(1, Math.ceil(total / page.perPage));
  if (last === 1) return undefined;
  const links: string[] = [];
  const add = (to: number, relation: string) => {
    const target = new URLSearchParams(query);
    target.set('page', String(to));
    links.push(`<${view.api}${path}?${target}>; rel="${relation}"`);
  };
  if (page.page > 1) add(Math.min(page.page - 1, last), 'prev');
  if (page.page < last) add(page.page + 1, 'next');
  if (page.page < last) add(last, 'last');
  if (page.page > 1) add(1, 'first');
  return links.join(', ');
}

/** A page of entries cut from a whole list. */
export function listReply<T>(
  request: ApiRequest,
  all: readonly T[],
  render: (entry: T) => unknown,
  wrap?: (entries: unknown[], total: number) => unknown,
): Reply {
  const page = readPage(request.query);
  const cut = all.slice(page.offset, page.offset + page.perPage).map(render);
  return pageReply(request, page, cut, all.length, wrap);
}

/** A reply for entries that were already cut to one page. */
export function pageReply(
  request: ApiRequest,
  page: Page,
  entries: unknown[],
  total: number,
  wrap?: (entries: unknown[], total: number) => unknown,
): Reply {
  const link = linkHeader(request.view, request.path, request.query, page, total);
  return {
    status: 200,
    body: wrap === undefined ? entries : wrap(entries, total),
    ...(link === undefined ? {} : { headers: { link } }),
  };
}
