import type { Actor } from '../auth/actor.ts';

/** How the names of callers begin that are the jobs of a repository: they share a smaller allowance. */
export const jobCaller = 'repository ID ';

/** Who the limits count for, in the words that GitHub's refusal uses. */
export function callerName(actor: Actor): string {
  if (actor.kind === 'installation' && actor.job) return `${jobCaller}${actor.installation.id}`;
  if (actor.kind === 'installation') return `installation ID ${actor.installation.id}`;
  if (actor.kind === 'user') return `user ID ${actor.user.id}`;
  return actor.kind === 'app' ? 'the App' : 'anonymous';
}
