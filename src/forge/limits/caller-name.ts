import type { Actor } from '../auth/actor.ts';

/** Who the limits count for, in the words that GitHub's refusal uses. */
export function callerName(actor: Actor): string {
  if (actor.kind === 'installation') return `installation ID ${actor.installation.id}`;
  if (actor.kind === 'user') return `user ID ${actor.user.id}`;
  return actor.kind === 'app' ? 'the App' : 'anonymous';
}
