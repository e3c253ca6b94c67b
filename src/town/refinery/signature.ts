import type { Signature } from '../ports/git-store.ts';

const email = 'gas-town@users.noreply.github.com';

/** The town as author and committer of merges. */
export const townSignature = (at: Date): Signature => ({ name: 'Gas Town', email, at: at.toISOString() });

/** An agent as author of its work: `Gas Town (polecat:token bucket)`. */
export const agentSignature = (actor: string, at: Date): Signature => ({
  name: `Gas Town (${actor.replaceAll(/[<>()\n]/g, '')})`,
  email,
  at: at.toISOString(),
});
