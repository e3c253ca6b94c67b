import { renderApp } from '../../render/app.ts';
import { operation } from '../../server/operation.ts';

export const getApp = operation({
  method: 'GET',
  path: '/app',
  operationId: 'apps/get-authenticated',
  caller: 'app',
  handle: ({ view }) => ({ status: 200, body: renderApp(view) }),
});
