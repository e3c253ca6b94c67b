import { fork } from 'node:child_process';
import { once } from 'node:events';
import { webhooksPath } from '../../src/adapters/github/open-probot.ts';
import type { Forge } from '../../src/forge/index.ts';

export interface DoorSettings {
  readonly door: 'bare' | 'town';
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly baseUrl: string;
  readonly gitRoot: string;
}

export interface Door {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a door in a process of its own. */
export async function startDoor(door: DoorSettings['door'], forge: Forge): Promise<Door> {
  const settings: DoorSettings = {
    door,
    appId: forge.app.id,
    privateKey: forge.app.privateKey,
    webhookSecret: forge.webhookSecret,
    baseUrl: forge.api,
    gitRoot: forge.html,
  };
  const child = fork(`${import.meta.dirname}/door-process.ts`);
  child.send(settings);
  const [port] = await Promise.race([once(child, 'message'), once(child, 'exit').then(ended)]);
  return {
    url: `http://127.0.0.1:${port}${webhooksPath}`,
    close: async () => {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

function ended([code]: unknown[]): never {
  throw new Error(`The door ended with status ${code}.`);
}
