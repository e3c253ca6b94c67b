import { operation } from '../../server/operation.ts';

/** GitHub's figures for an installation; the forge counts nothing against them unless limits are switched on. */
const limit = 5000;

export const getRateLimit = operation({
  method: 'GET',
  path: '/rate_limit',
  operationId: 'rate-limit/get',
  caller: 'anyone',
  handle: ({ context }) => {
    const reset = Math.floor(context.clock().getTime() / 1000) + 3600;
    const full = { limit, used: 0, remaining: limit, reset };
    const search = { limit: 30, used: 0, remaining: 30, reset };
    return { status: 200, body: { resources: { core: full, graphql: full, search }, rate: full } };
  },
});
