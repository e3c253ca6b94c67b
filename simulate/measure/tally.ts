import { kindOfWrite } from '../../src/adapters/github/pace/kinds-of-write.ts';
import type { Traffic } from '../costs/costs.ts';
import type { Seen } from './counting-proxy.ts';

const none: Traffic = {
  reads: 0,
  unchanged: 0,
  writes: 0,
  creates: 0,
  dispatches: 0,
  pushes: 0,
  gitReads: 0,
};

/**
 * What GitHub would count of some requests. The App's own (`/app/...`, by its key and not by an installation's token) are
 * left out: they have an allowance of their own.
 */
export function tally(seen: readonly Seen[]): Traffic {
  const counted: Record<keyof Traffic, number> = { ...none };
  for (const request of seen) for (const kind of kindsOf(request)) counted[kind] += 1;
  return counted;
}

function kindsOf({ method, path, status }: Seen): readonly (keyof Traffic)[] {
  const [bare = '', query = ''] = path.split('?');
  if (bare.endsWith('/git-receive-pack')) return ['pushes'];
  if (bare.endsWith('/info/refs')) return query === 'service=git-upload-pack' ? ['gitReads'] : [];
  if (bare.endsWith('/git-upload-pack') || /^\/api\/v3\/app(\/|$)/.test(bare)) return [];
  if (!bare.startsWith('/api/')) return [];
  if (method === 'GET' || method === 'HEAD') return [status === 304 ? 'unchanged' : 'reads'];
  if (bare.endsWith('/dispatches')) return ['writes', 'dispatches'];
  return kindOfWrite(method, bare).creates ? ['writes', 'creates'] : ['writes'];
}
