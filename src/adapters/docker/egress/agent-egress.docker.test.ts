import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type SandboxesUnderTest,
  sandboxesUnderTest,
  shell,
  testConvoy,
  testLimits,
} from '../../../testing/sandbox/sandboxes-under-test.ts';
import type { Sandbox, Snapshot } from '../../../town/ports/sandbox.ts';
import type { EgressAsker } from '../engine/options.ts';
import type { Egress } from './proxy-log.ts';

const session = 'agent-egress';
const network = { allow: ['registry.npmjs.org'] };
const labels = { convoy: testConvoy, purpose: 'test', session };
const asked: (Egress & EgressAsker)[] = [];
const told = new EventEmitter();
let under: SandboxesUnderTest;
let snapshot: Snapshot;
let sandbox: Sandbox;

beforeAll(async () => {
  under = await sandboxesUnderTest({
    egress: { image: 'gas-town-rig:latest', allow: [] },
    onEgress: (egress, asker) => {
      asked.push({ ...egress, ...asker });
      told.emit('told');
    },
  });
  snapshot = await under.snapshot([{ path: 'a' }]);
  sandbox = await under.sandboxes.start({ snapshot, difference: null, limits: testLimits, network, labels });
});
afterAll(() => under.end());

/** The HTTP status with which the proxy answers a wish for a tunnel. */
const tunnel = (to: string): string => `python3 -c "
import http.client, os, urllib.parse
proxy = urllib.parse.urlparse(os.environ['HTTPS_PROXY'])
ask = http.client.HTTPConnection(proxy.hostname, proxy.port, timeout=20)
ask.request('CONNECT', '${to}')
print(ask.getresponse().status)"`;
const status = async (of: Sandbox, to: string): Promise<string> => (await shell(of, tunnel(to))).out.trim();

/** What was told, once it is so much: the proxy's answer may be there before its log. */
async function tries(count: number): Promise<typeof asked> {
  while (asked.length < count) await once(told, 'told');
  return asked;
}

it('reaches the hosts that the settings name and no other, and each try is told', async () => {
  expect(await status(sandbox, 'registry.npmjs.org:443')).toBe('200');
  expect(await status(sandbox, 'pypi.org:443')).toBe('403');
  const who = { convoy: testConvoy, by: 'agents' };
  expect(await tries(2)).toEqual([
    { host: 'registry.npmjs.org', port: 443, refused: null, ...who },
    { host: 'pypi.org', port: 443, refused: 'not on the allow-list', ...who },
  ]);
});

it('leaves no way past the proxy: no address, no host, no name', async () => {
  const { out } = await shell(
    sandbox,
    `for to in 1.1.1.1:443 172.17.0.1:22 169.254.169.254:80; do
timeout 1 bash -c "exec 3<>/dev/tcp/\${to%:*}/\${to#*:}" 2>/dev/null && echo "reached $to"; done
getent hosts example.com; ip route 2>/dev/null | grep default; :`,
  );
  expect(out).toBe('');
});

it('is shared by the containers of a convoy, and another convoy has its own', async () => {
  const count = async (): Promise<number> => {
    const filters = { label: [`gas-town.town=${under.town}`, 'gas-town.purpose=egress'] };
    return (await under.docker.listContainers({ filters })).length;
  };
  const request = { snapshot, difference: null, limits: testLimits, network } as const;
  await under.sandboxes.start({ ...request, labels: { ...labels, session: 'second' } });
  expect(await count()).toBe(1);
  const other = { convoy: 'convoy/1/2', purpose: 'test', session: 'other' };
  await under.sandboxes.start({ ...request, labels: other });
  expect(await count()).toBe(2);
  await under.sandboxes.removeConvoy('convoy/1/2');
  expect(await count()).toBe(1);
});

it('goes on after a restart of the town, and of its proxy', async () => {
  asked.splice(0);
  const [proxy] = await under.docker.listContainers({
    filters: { label: [`gas-town.town=${under.town}`, 'gas-town.purpose=egress'] },
  });
  await under.sandboxes.close();
  await under.docker.getContainer(proxy?.Id ?? '').stop({ t: 0 });
  const town = under.again();
  const found = await town.find(session);
  if (found === null) throw new Error('the container is gone');
  expect(await status(found, 'registry.npmjs.org:443')).toBe('200');
  expect(await tries(1)).toMatchObject([{ host: 'registry.npmjs.org', refused: null }]);
  await town.close();
});

it('leaves neither proxy nor network behind', async () => {
  await under.sandboxes.removeConvoy(testConvoy);
  const filters = JSON.stringify({ label: [`gas-town.town=${under.town}`] });
  expect(await under.docker.listNetworks({ filters })).toEqual([]);
});
