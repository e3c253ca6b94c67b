import { ModelFailed } from '../../agent/ports/model.ts';
import { HubFailed } from '../ports/hub.ts';
import { RunsLost } from './order-run.ts';

const firstDelayMs = 1_000;
const longestDelayMs = 5 * 60_000;

/** What a person must mend first: trying again by itself would only repeat it. */
const hopeless: ReadonlySet<ModelFailed['kind']> = new Set(['key-refused', 'unknown-model', 'rejected']);

/** How long to wait before a step that failed is tried again, in ms; null when a person must do something first. */
export function retryDelayMs(error: unknown, tries: number, now: Date): number | null {
  if (error instanceof ModelFailed && hopeless.has(error.kind)) return null;
  const doubled = Math.min(longestDelayMs, firstDelayMs * 2 ** (tries - 1));
  if (error instanceof RunsLost) return null;
  if (error instanceof HubFailed && error.retryAt !== null) {
    return Math.max(doubled, Date.parse(error.retryAt) - now.getTime());
  }
  return doubled;
}
