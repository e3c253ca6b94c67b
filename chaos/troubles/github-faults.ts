import type { Random } from '../random.ts';
import type { World } from '../world/world.ts';

type GitHubFault = {
  readonly on: 'request' | 'webhook';
  readonly path?: string;
  readonly fault: Readonly<Record<string, unknown>>;
};

/** What happens between GitHub and the town: answers lost before and after the deed, late ones, deliveries twice, late and out of order. */
const faults: readonly [GitHubFault, ...GitHubFault[]] = [
  { on: 'request', fault: { kind: 'error-before' } },
  { on: 'request', fault: { kind: 'error-after' } },
  { on: 'request', fault: { kind: 'cut-before' } },
  { on: 'request', fault: { kind: 'cut-after' } },
  { on: 'request', fault: { kind: 'delay', milliseconds: 300 } },
  // git is told of limits in its own way, and not by these words.
  { on: 'request', path: '/api/', fault: { kind: 'limit', retryAfterSeconds: 1 } },
  { on: 'webhook', fault: { kind: 'duplicate' } },
  { on: 'webhook', fault: { kind: 'reorder' } },
  { on: 'webhook', fault: { kind: 'delay', milliseconds: 300 } },
];

/**
 * Deliveries that never come, or that nobody may believe. A town sees at its start what it was not told of, so this may happen
 * only while another start is to come.
 */
const lost: readonly [GitHubFault, ...GitHubFault[]] = [
  { on: 'webhook', fault: { kind: 'drop' } },
  { on: 'webhook', fault: { kind: 'wrong-signature' } },
];

export interface GitHubFaults {
  /** To be told of every request that GitHub answers: about one in twelve is followed by a fault. */
  exchanged(): void;
  /** No delivery is lost from now on; all else goes on. */
  loseNothing(): Promise<void>;
  /** No more of them, and none that still waits. */
  end(): Promise<void>;
  count(): number;
}

export function gitHubFaults(random: Random, world: () => World): GitHubFaults {
  const sent = new Set<Promise<unknown>>();
  let over = false;
  let made = 0;
  let losing = true;
  const admin = async (method: string, body?: string): Promise<void> => {
    const { forge, adminToken } = world();
    const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' };
    const answer = await fetch(`${forge.html}/_forge/faults`, { method, headers, ...(body ? { body } : {}) });
    if (!answer.ok) throw new Error(`the forge answers ${answer.status}: ${await answer.text()}`);
  };
  const drawn = (): GitHubFault => random.pick(losing && random.chance(10) ? lost : faults);
  return {
    count: () => made,
    loseNothing: async () => {
      losing = false;
      await Promise.all(sent);
      await admin('DELETE');
    },
    exchanged: () => {
      if (over || !random.chance(8)) return;
      made += 1;
      const asked = admin('POST', JSON.stringify(drawn())).finally(() => sent.delete(asked));
      sent.add(asked);
    },
    end: async () => {
      over = true;
      await Promise.all(sent);
      await admin('DELETE');
    },
  };
}
