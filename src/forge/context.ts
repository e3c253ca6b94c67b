import path from 'node:path';
import type { Actions } from './actions/actions.ts';
import type { FaultList } from './faults/fault-list.ts';
import type { AppPermissions, ReceivedPush } from './forge.ts';
import type { RateLimits } from './limits/rate-limits.ts';
import type { Authorizations } from './oauth/authorizations.ts';
import type { View } from './render/view.ts';
import type { Store } from './store/store.ts';
import type { PageSessions } from './web/session.ts';
import type { WebhookQueue } from './webhooks/webhook-queue.ts';

/** What identifies this forge's App; made once per folder and kept in it. */
export interface AppIdentity {
  readonly id: number;
  readonly slug: string;
  readonly privateKey: string;
  readonly publicKey: string;
  readonly clientId: string;
  readonly webhookSecret: string;
  readonly installationId: number;
  readonly userToken: string;
  readonly botUserId: number;
  readonly createdAt: string;
  readonly permissions: AppPermissions;
  readonly events: readonly string[];
}

/** Everything a part of the forge may touch. */
export interface ForgeContext {
  readonly store: Store;
  readonly folder: string;
  readonly identity: AppIdentity;
  readonly clock: () => Date;
  /** The forge as seen from its own address; webhooks are written with it. */
  readonly view: View;
  readonly webhooks: WebhookQueue;
  readonly faults: FaultList;
  readonly limits: RateLimits;
  readonly pages: PageSessions;
  readonly authorizations: Authorizations;
  readonly adminToken: string | undefined;
  readonly onPush: (push: ReceivedPush) => void;
  /** Whoever runs workflows; absent where nobody does. */
  readonly actions: Actions | undefined;
}

/** The forge's time as GitHub writes it: ISO 8601, UTC, whole seconds. */
export function now(context: Pick<ForgeContext, 'clock'>): string {
  return timestamp(context.clock());
}

export function timestamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** Path of a repository's bare repository: by id, so that no name ever reaches the file system. */
export function bareRepositoryPath(context: Pick<ForgeContext, 'folder'>, repositoryId: number): string {
  return path.join(context.folder, 'repositories', `${repositoryId}.git`);
}
