import { ApiError } from '../server/api-error.ts';

/** How GitHub refuses at a secondary limit; `wait` in seconds. */
export function secondaryLimit(
  wait: number,
  { content = false, status = 403 }: { readonly content?: boolean; readonly status?: number } = {},
): ApiError {
  const told = content
    ? 'You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.'
    : 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  return new ApiError(status, told, { headers: { 'retry-after': String(wait) } });
}
