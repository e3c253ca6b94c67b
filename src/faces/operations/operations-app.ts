import { Hono } from 'hono';
import { type Access, isLoopbackHost, tokenOf } from '../web/door/access.ts';
import { isSameSecret } from '../web/door/page-sessions.ts';
import type { Metrics } from './metrics/create-metrics.ts';

/** Everything that must hold before work is sent here. */
export type Readiness = () => Promise<Readonly<Record<string, boolean>>>;

export interface OperationsParts {
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  readonly access: Access;
}

export const operationsPaths: readonly string[] = ['/healthz', '/readyz', '/metrics'];

/**
 * What programs ask a running town: whether it lives (`/healthz`), whether it can work (`/readyz`, 503 where it can't), and its figures
 * (`/metrics`, behind the token elsewhere than on loopback).
 */
export function createOperations({ readiness, metrics, access }: OperationsParts): Hono {
  const app = new Hono();
  app.get('/healthz', (context) => context.text('ok\n'));
  app.get('/readyz', async (context) => {
    const checks = await readiness();
    const ready = Object.values(checks).every(Boolean);
    return context.json({ ready, checks }, ready ? 200 : 503);
  });
  app.get('/metrics', async (context) => {
    if (access.kind === 'loopback' && !isLoopbackHost(context.req.header('host') ?? '')) {
      return context.text('The figures are shown on loopback only.\n', 421);
    }
    const given = /^Bearer (.+)$/i.exec(context.req.header('authorization') ?? '')?.[1] ?? '';
    const token = tokenOf(access);
    if (access.kind !== 'loopback' && (token === null || !isSameSecret(given, token)))
      return context.text('A token is needed.\n', 401);
    return context.body(await metrics.text(), 200, { 'content-type': metrics.contentType });
  });
  return app;
}
