import { createPublicKey } from 'node:crypto';
import { makeInstallationToken } from '../../auth/installation-token.ts';
import { findInstallation } from '../../store/installations.ts';
import type { ActionEnd } from './run-action.ts';
import type { StepsRun } from './run-steps.ts';

/** GitHub's own action that trades an App's key for a token; it is part of the stand-in, since nothing can be fetched. */
export const appTokenAction = 'actions/create-github-app-token';

/** Gives a token of the forge's App, narrowed to the job's repository, to who holds its key. */
export function createAppToken(run: StepsRun, inputs: Readonly<Record<string, string>>): ActionEnd {
  const { context, log, started } = run;
  const { identity, store } = context;
  const { repository } = started.facts;
  const app = inputs['app-id'] ?? inputs['client-id'] ?? '';
  const installation = findInstallation(store, repository.owner_id);
  const known = app === String(identity.id) || app === identity.clientId;
  if (!known || installation === undefined || !isKeyOf(identity.publicKey, inputs['private-key'] ?? '')) {
    log.line(`::error::No installation of the App "${app}" is opened by this key.`);
    return { exit: 1 };
  }
  const { token } = makeInstallationToken(context, installation, identity.permissions, [repository.id]);
  log.mask(token);
  const outputs = { token, 'installation-id': String(installation.id), 'app-slug': identity.slug };
  return { exit: 0, more: { outputs } };
}

function isKeyOf(publicKey: string, given: string): boolean {
  try {
    return createPublicKey(given).export({ type: 'spki', format: 'pem' }) === publicKey;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}
