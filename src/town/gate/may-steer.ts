import type { Hub } from '../ports/hub.ts';

/** Who did something, as GitHub's webhooks name them. */
export interface Sender {
  readonly login: string;
  /** `User`, `Bot` or `Organization`: said by GitHub, unlike the ending of a login, which anyone can choose. */
  readonly type: string;
}

/**
 * Whether someone may spend and steer: write permission or more, asked of the collaborator API each time. A bot must be
 * named in the rig's config besides, and the town itself never may: it would answer itself.
 */
export async function maySteer(hub: Hub, sender: Sender, bots: readonly string[]): Promise<boolean> {
  if (isOurs(hub, sender)) return false;
  if (sender.type === 'Bot' && !bots.includes(sender.login)) return false;
  const level = await hub.permissionOf(sender.login);
  return level === 'admin' || level === 'write';
}

export const isOurs = (hub: Hub, sender: Sender): boolean => sender.login === hub.identity;
