import { callerName } from '../../limits/caller-name.ts';
import { operation } from '../../server/operation.ts';

export const getRateLimit = operation({
  method: 'GET',
  path: '/rate_limit',
  operationId: 'rate-limit/get',
  caller: 'anyone',
  handle: ({ actor, context }) => {
    const core = context.limits.allowance(callerName(actor));
    const search = { ...core, limit: 30, used: 0, remaining: 30 };
    const graphql = { ...core, used: 0, remaining: core.limit };
    return { status: 200, body: { resources: { core, graphql, search }, rate: core } };
  },
});
