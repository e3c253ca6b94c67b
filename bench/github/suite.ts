import { type Forge, startForge } from '../../src/forge/index.ts';
import { absolute, type Row, relative } from '../row.ts';
import { rateOf, type Sender, timesAt, webhookSender } from './send-webhooks.ts';
import { type DoorSettings, startDoor } from './start-door.ts';

const connections = 32;
const rounds = 5;

/** How fast deliveries are acknowledged, beside bare Probot with an empty handler in the same run. */
export async function* rows(): AsyncIterable<Row> {
  const forge = await startForge();
  try {
    const { id } = await forge.createRepository({ owner: 'acme', name: 'thing' });
    const payload = opened(forge, id);
    const rates = await atBothDoors(forge, payload);
    yield relative('github', {
      name: 'ack-rate/probot',
      value: rates.town,
      unit: '/s',
      target: 0.5,
      better: 'higher',
      reference: { name: 'bare Probot', value: rates.bare },
    });
    const p99 = await withDoor('town', forge, payload, async (sender) => {
      await rateOf(sender, connections, 1000);
      const times = [...(await timesAt(sender, 200, 10_000))].sort((a, b) => a - b);
      return times[Math.floor(times.length * 0.99)] ?? Number.NaN;
    });
    yield absolute('github', { name: 'ack-p99-ms', value: p99, unit: 'ms', target: 25, better: 'lower' });
  } finally {
    await forge.close();
  }
}

/** Turn and turn about, so that neither has the machine to itself when it is at its best. */
async function atBothDoors(forge: Forge, payload: object): Promise<{ bare: number; town: number }> {
  const best = { bare: 0, town: 0 };
  for (let round = 0; round < rounds; round += 1) {
    for (const door of ['bare', 'town'] as const) {
      const rate = await withDoor(door, forge, payload, async (sender) => {
        await rateOf(sender, connections, 1000);
        return rateOf(sender, connections, 3000);
      });
      best[door] = Math.max(best[door], rate);
    }
  }
  return best;
}

async function withDoor<T>(
  kind: DoorSettings['door'],
  forge: Forge,
  payload: object,
  work: (sender: Sender) => Promise<T>,
): Promise<T> {
  const door = await startDoor(kind, forge);
  const sender = webhookSender(door.url, forge.webhookSecret, payload);
  try {
    return await work(sender);
  } finally {
    sender.close();
    await door.close();
  }
}

/** A webhook of the usual size that the town takes in, looks at, and has no part in. */
function opened(forge: Forge, repositoryId: number): object {
  const owner = { login: 'acme', id: 1, type: 'User', url: `${forge.api}/users/acme` };
  const urls = Object.fromEntries(
    Array.from({ length: 90 }, (_, index) => [`url_${index}`, `${forge.api}/repos/acme/thing/part/${index}`]),
  );
  return {
    action: 'opened',
    issue: { id: 1, number: 1, title: 'A thing', body: 'words '.repeat(200), user: owner, ...urls },
    repository: { id: repositoryId, name: 'thing', full_name: 'acme/thing', owner, ...urls },
    sender: owner,
    installation: { id: forge.app.installationId },
  };
}
