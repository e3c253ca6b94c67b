import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type OpenProbot, webhooksPath } from '../../adapters/github/open-probot.ts';
import {
  createOperations,
  type OperationsParts,
  operationsPaths,
} from '../../faces/operations/operations-app.ts';

export interface FrontDoorParts {
  readonly webhooks: OpenProbot['middleware'];
  readonly operations: OperationsParts;
  /** Null where the dashboard is not shown: then its pages are not found. */
  readonly dashboard: RequestListener | null;
}

/** One server: webhooks, what programs ask, and the dashboard for everything else. */
export function frontDoor({ webhooks, operations, dashboard }: FrontDoorParts): RequestListener {
  const app = createOperations(operations);
  const answerPrograms = getRequestListener((request) => app.fetch(request));
  const notFound: RequestListener = (_request, response) => {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
  };
  return (request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    if (path === webhooksPath) void webhooks(request, response, () => notFound(request, response));
    else if (operationsPaths.includes(path)) void answerPrograms(request, response);
    else (dashboard ?? notFound)(request, response);
  };
}
