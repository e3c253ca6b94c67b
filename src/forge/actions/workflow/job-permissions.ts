import { jobPermissions } from '../../auth/job-token.ts';
import type { AppPermissions } from '../../forge.ts';
import type { Permissions } from './workflow.ts';

/** What a job's token may do where neither the job nor its workflow says: what GitHub gives to new repositories. */
const restricted: AppPermissions = { contents: 'read', metadata: 'read' };

/** The permissions of a job's token. A job that names some has those alone. */
export function permissionsOf(given: Permissions | undefined): AppPermissions {
  if (given === undefined) return restricted;
  if (given === 'write-all') return jobPermissions;
  if (given === 'read-all') {
    return Object.fromEntries(Object.keys(jobPermissions).map((name) => [name, 'read'] as const));
  }
  const named = Object.entries(given).map(([name, level]) => [name.replaceAll('-', '_'), level] as const);
  const kept = named.filter(([, level]) => level !== 'none') as (readonly [string, 'read' | 'write'])[];
  return { metadata: 'read', ...Object.fromEntries(kept) };
}
