import type { BytePath } from '../take-out/byte-path.ts';
import { IgnoredPaths } from '../take-out/ignored-paths.ts';
import type { Listing } from '../take-out/list-workspace.ts';
import type { Survey } from '../take-out/survey-workspace.ts';
import type { TakeOutLimits } from '../take-out/take-out-limits.ts';
import type { Baseline, BaselineEntry } from './baseline.ts';

function changedPaths(baseline: Baseline, listing: Listing): BytePath[] {
  const ignored = new IgnoredPaths(baseline.ignoreFiles);
  const changed: BytePath[] = [];
  for (const [path, { type }] of listing.touched) {
    if (type !== 'f' && type !== 'l') continue;
    if (baseline.entries.has(path) || !ignored.ignores(path)) changed.push(path);
  }
  return changed;
}

/** The baseline with what the set-up commands changed, so that it is never taken for an agent's work. */
export async function baselineAfterSetup(
  survey: Survey,
  baseline: Baseline,
  limits: TakeOutLimits,
): Promise<Baseline> {
  const { listing } = survey;
  const entries = new Map(baseline.entries);
  const ignoreFiles = new Map(baseline.ignoreFiles);
  const tracked = (path: BytePath): boolean => baseline.entries.get(path)?.tracked ?? false;
  for (const path of listing.missing) entries.set(path, { mode: '000000', hash: '', tracked: tracked(path) });
  const readable: BytePath[] = [];
  let bytes = 0;
  for (const path of changedPaths(baseline, listing)) {
    const unread: BaselineEntry = { mode: '100644', hash: '', tracked: tracked(path) };
    entries.set(path, unread);
    const size = listing.touched.get(path)?.size ?? 0;
    if (size > limits.maxFileBytes || bytes + size > limits.maxTotalBytes) continue;
    bytes += size;
    readable.push(path);
  }
  for (const [path, file] of await survey.read(readable, limits.maxTotalBytes)) {
    entries.set(path, { mode: file.mode, hash: file.hash, tracked: tracked(path) });
    if (ignoreFiles.has(path)) ignoreFiles.set(path, file.content);
  }
  return { entries, ignoreFiles, bytes: baseline.bytes };
}
