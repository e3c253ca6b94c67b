import type { Tracing } from '../../faces/operations/trace/start-tracing.ts';
import { packageVersion } from '../package-folder.ts';

const none: Tracing = { event: () => undefined, close: async () => undefined };

/** Traces where the standard environment names a collector; its code is loaded only then. */
export async function openTracing(env: NodeJS.ProcessEnv): Promise<Tracing> {
  const named = env.OTEL_EXPORTER_OTLP_ENDPOINT || env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  if (!named) return none;
  const { startTracing } = await import('../../faces/operations/trace/start-tracing.ts');
  return startTracing(packageVersion());
}
