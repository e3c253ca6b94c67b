import { createServer, type RequestListener, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Dashboard } from './dashboard-parts.ts';

/** The dashboard as Node's HTTP server calls it. */
export function dashboardListener(dashboard: Dashboard): RequestListener {
  const listener = getRequestListener((request) => dashboard.fetch(request));
  return (request, response) => {
    void listener(request, response);
  };
}

/** A server for the dashboard alone. */
export const dashboardServer = (dashboard: Dashboard): Server => createServer(dashboardListener(dashboard));
