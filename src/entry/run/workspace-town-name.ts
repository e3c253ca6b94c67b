import { createHash } from 'node:crypto';

/** Tells the containers of a workspace's town (`folder` is its `.gas-town`) from those of others on the same engine. */
export const workspaceTownName = (folder: string): string =>
  `workspace-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
