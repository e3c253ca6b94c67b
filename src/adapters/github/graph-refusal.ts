import { z } from 'zod';

/** What the GraphQL client throws where GitHub answered with errors. */
const graphError = z.object({
  name: z.literal('GraphqlResponseError'),
  errors: z.array(z.object({ type: z.string().optional() })),
  data: z.unknown(),
});

const statuses: Readonly<Record<string, number>> = {
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  RATE_LIMITED: 403,
  UNPROCESSABLE: 422,
};

/** The status that REST would have answered with where GraphQL surely did nothing; null where it may have. */
export function graphRefusal(error: unknown): number | null {
  const parsed = graphError.safeParse(error);
  if (!parsed.success) return null;
  const types = parsed.data.errors.map(({ type }) => statuses[type ?? '']);
  return types.every((status) => status !== undefined) ? (types[0] ?? null) : null;
}

/** A call that GitHub won't even begin, for its shape: answered without any data, and its errors are of no type. */
export function isOfUnknownShape(error: unknown): boolean {
  const parsed = graphError.safeParse(error);
  if (!parsed.success || parsed.data.data !== undefined) return false;
  return parsed.data.errors.every(({ type }) => type === undefined);
}
