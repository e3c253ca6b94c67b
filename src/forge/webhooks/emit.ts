import { randomUUID } from 'node:crypto';
import { noteTrigger } from '../actions/triggers/note-trigger.ts';
import type { ForgeContext } from '../context.ts';
import { renderRepository } from '../render/repository.ts';
import { renderUser } from '../render/user.ts';
import { type Json, nodeId } from '../render/view.ts';
import { findInstallation } from '../store/installations.ts';
import { findRepositoryById } from '../store/repositories.ts';
import type { RepositoryRow, UserRow } from '../store/rows.ts';
import { queueDelivery } from './queue-delivery.ts';

/** Queues a repository's event for the App, where it is installed, subscribed and not suspended. */
export function emit(
  context: ForgeContext,
  repository: RepositoryRow,
  sender: UserRow,
  event: string,
  payload: Json,
): void {
  const { store, view } = context;
  noteTrigger(context, repository, sender, event, payload);
  const installation = findInstallation(store, repository.owner_id);
  if (installation === undefined || installation.suspended_at !== null) return;
  if (!context.identity.events.includes(event)) return;
  const current = findRepositoryById(store, repository.id);
  enqueue(context, event, repository.id, installation.id, {
    ...payload,
    repository: renderRepository(view, current),
    sender: renderUser(view, sender),
    installation: {
      id: installation.id,
      node_id: nodeId('IntegrationInstallation', installation.id),
    },
  });
}

/** Queues an event that is about the App itself and not about a repository (`ping`, `installation`). */
export function emitToApp(
  context: ForgeContext,
  event: string,
  installationId: number | null,
  payload: Json,
): void {
  enqueue(context, event, null, installationId, payload);
}

function enqueue(
  context: ForgeContext,
  event: string,
  repositoryId: number | null,
  installationId: number | null,
  payload: Json,
): void {
  const { action } = payload;
  const delivery = {
    guid: randomUUID(),
    event,
    action: typeof action === 'string' ? action : null,
    repository_id: repositoryId,
    installation_id: installationId,
    payload: JSON.stringify(payload),
  };
  queueDelivery(context, delivery, false);
}
