import type { Hub } from '../ports/hub.ts';

/** Who did something, as GitHub's webhooks name them. */
export interface Sender {
  readonly login: string;
  /** `User`, `Bot` or `Organization`: said by GitHub, unlike the ending of a login, which anyone can choose. */
  readonly type: string;
}

/**
 * Whether someone may spend and steer: write permission or more, asked of the collaborator API each time. Apps have no role
 * there (it answers 404 or `none`, whatever they may do): one that the rig's config names may, because only who may write
 * can name it. The town itself never may: it would answer itself.
 */
export async function maySteer(hub: Hub, sender: Sender, bots: readonly string[]): Promise<boolean> {
  if (isOurs(hub, sender)) return false;
  if (sender.type === 'Bot') return isNamed(sender, bots);
  const level = await hub.permissionOf(sender.login);
  return level === 'admin' || level === 'write';
}

export const isOurs = (hub: Hub, sender: Sender): boolean => sender.login === hub.identity;

/** Whether the config names this login; GitHub's logins don't differ by case. */
export const isNamed = ({ login }: Sender, bots: readonly string[]): boolean =>
  bots.some((bot) => bot.toLowerCase() === login.toLowerCase());
