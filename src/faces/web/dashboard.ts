import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { serveAsset, styleSource } from './assets.ts';
import type { Dashboard, DashboardParts } from './dashboard-parts.ts';
import { addDoor } from './door/door.ts';
import { streamChanges } from './live/stream-changes.ts';
import { Pages } from './pages.ts';

/** Nothing comes from elsewhere, and nothing in a page's own text is run, or styles it beside our one stylesheet. */
const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: [styleSource],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
  },
  crossOriginResourcePolicy: 'same-origin',
  // Both at their defaults, same-origin and on, though a new tab has to start another process for them before it paints:
  // whoever opened the page keeps no handle on it.
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY',
  // Whoever puts it behind TLS decides that for the whole host.
  strictTransportSecurity: false,
});

/** The dashboard: pages made from the ledger, behind a door. It only reads; what people say goes out by `say`. */
export function createDashboard(parts: DashboardParts): Dashboard {
  const closing = new AbortController();
  const app = new Hono();
  app.use(headers);
  app.use(async (context, next) => {
    await next();
    if (!context.res.headers.has('cache-control')) context.header('cache-control', 'no-store');
  });
  const door = addDoor(app, parts.access, parts.clock);
  app.get('/assets/:name', serveAsset);
  app.get('/live', (context) => streamChanges(context, parts.changes, closing.signal));
  new Pages(parts, door.readerOf).addTo(app);
  return {
    fetch: (request) => app.fetch(request),
    linkPath: door.linkPath,
    close: () => closing.abort(),
  };
}
