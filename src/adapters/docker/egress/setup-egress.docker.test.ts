import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { registries } from '../../../domain/config/registries.ts';
import {
  type SandboxesUnderTest,
  sandboxesUnderTest,
  testConvoy,
  testLimits,
} from '../../../testing/sandbox/sandboxes-under-test.ts';
import { testTar } from '../../../testing/sandbox/test-tar.ts';
import type { Egress } from './proxy-log.ts';

const seen: Egress[] = [];
let under: SandboxesUnderTest;
let said = '';

/** Asks the proxy, or goes past it, from where set-up commands run; prints one word per attempt. */
const program = `
import http.client, os, socket, urllib.parse
proxy = urllib.parse.urlparse(os.environ['HTTPS_PROXY'])
def tunnel(host, port=443):
    ask = http.client.HTTPConnection(proxy.hostname, proxy.port, timeout=20)
    ask.request('CONNECT', f'{host}:{port}')
    return ask.getresponse().status
def straight(host, port):
    try:
        socket.create_connection((host, port), 3).close()
        return 'reached'
    except OSError:
        return 'no way'
gateway = proxy.hostname.rsplit('.', 1)[0] + '.1'
print('allowed', tunnel('registry.npmjs.org'))
print('other', tunnel('example.com'))
print('below', tunnel('registry.npmjs.org.example.com'))
print('port', tunnel('registry.npmjs.org', 22))
print('metadata', tunnel('169.254.169.254', 80))
print('loopback', tunnel('127.0.0.1'))
print('private name', tunnel('localhost'))
print('past it', straight('1.1.1.1', 443))
print('gateway', straight(gateway, 22), straight('172.17.0.1', 22))
`;

beforeAll(async () => {
  under = await sandboxesUnderTest({
    egress: { image: 'gas-town-rig:latest', allow: [...registries, 'localhost'] },
    onEgress: (egress) => seen.push(egress),
  });
  const made = await under.sandboxes.snapshot({
    image: under.image,
    tree: randomUUID(),
    files: () => testTar([{ path: 'ask.py', content: program }]),
    setup: ['python3 ask.py'],
    limits: testLimits,
    labels: { convoy: testConvoy, purpose: 'setup' },
    onOutput: (text) => {
      said += text;
    },
  });
  expect(made).toMatchObject({ status: 'ready' });
});
afterAll(() => under.end());

it('lets set-up commands reach a registry', () => {
  expect(said).toContain('allowed 200\n');
  expect(seen).toContainEqual({ host: 'registry.npmjs.org', port: 443, refused: null });
});

it('refuses other hosts, other ports and addresses', () => {
  for (const what of ['other', 'below', 'port', 'metadata', 'loopback'])
    expect(said).toContain(`${what} 403\n`);
  expect(seen).toContainEqual({ host: 'example.com', port: 443, refused: 'not on the allow-list' });
  expect(seen).toContainEqual({ host: '169.254.169.254', port: 80, refused: 'address instead of a name' });
});

it('refuses an allowed name that leads to an address which is not public', () => {
  expect(said).toContain('private name 403\n');
  expect(seen).toContainEqual({ host: 'localhost', port: 443, refused: 'not a public address' });
});

it('leaves no way past it, to the network or to the host', () => {
  expect(said).toContain('past it no way\n');
  expect(said).toContain('gateway no way no way\n');
});

it('tells the one who watches the set-up what was refused', () => {
  expect(said).toContain('[egress] example.com:443 refused: not on the allow-list\n');
});

it('leaves neither proxy nor network behind', async () => {
  const filters = { label: [`gas-town.town=${under.town}`] };
  expect(await under.docker.listContainers({ all: true, filters })).toEqual([]);
  expect(await under.docker.listNetworks({ filters: JSON.stringify(filters) })).toEqual([]);
});
