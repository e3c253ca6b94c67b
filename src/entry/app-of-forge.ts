import type { ProbotOptions } from '../adapters/github/open-probot.ts';
import type { Forge } from '../forge/index.ts';

/** What a Probot app of an embedded GitHub needs to know of it. */
export const appOfForge = (
  forge: Forge,
): Pick<ProbotOptions, 'appId' | 'privateKey' | 'webhookSecret' | 'baseUrl' | 'gitRoot'> => ({
  appId: forge.app.id,
  privateKey: forge.app.privateKey,
  webhookSecret: forge.webhookSecret,
  baseUrl: forge.api,
  gitRoot: forge.html,
});
